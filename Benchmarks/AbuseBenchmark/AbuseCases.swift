/// All abuse requests.
enum AbuseCases {
    static let all = syntax + values + selections + fragments + overlaps + introspection + operations + variables

    private static let syntax = [
        AbuseCase("nested braces", large: 100_000, fitted: 7_400) { times($0, "{a") },
        AbuseCase("nested inline fragments", large: 100_000, fitted: 7_400) { "{" + times($0, "...{") },
        AbuseCase("nested brackets", large: 100_000, fitted: 14_900) { "{a(b:" + times($0, "[") },
        AbuseCase("nested objects", large: 100_000, fitted: 4_900) { "{a(b:" + times($0, "{c:") },
        AbuseCase("nested list types", large: 100_000, fitted: 14_900) { "query($a:" + times($0, "[") },
        AbuseCase("parentheses", large: 100_000, fitted: 14_900) { "{a" + times($0, "(") },
        AbuseCase("commas", large: 1_000_000, fitted: 260_000) { "{__typename" + times($0, ",") + "}" },
        AbuseCase("byte order marks", large: 300_000, fitted: 86_000) { "{__typename" + times($0, "\u{FEFF}") + "}" },
        AbuseCase("comments", large: 300_000, fitted: 86_000) { "{__typename" + times($0, "#a\n") + "}" },
        AbuseCase("a comment without end", large: 1_000_000, fitted: 260_000) { "{__typename}#" + times($0, "a") },
        AbuseCase("a string without end", large: 1_000_000, fitted: 260_000) { "{a(b:\"" + times($0, "a") },
        AbuseCase("a name without end", large: 1_000_000, fitted: 260_000) { "{" + times($0, "a") + "}" },
        AbuseCase("escapes", large: 150_000, fitted: 43_000) { "{contact(id:\"" + times($0, "\\u00e9") + "\"){id}}" },
        AbuseCase("block string of lines", large: 60_000, fitted: 60_000) {
            "{contact(id:\"\"\"" + times($0 / 4, "  \na") + "\"\"\"){id}}"
        },
        AbuseCase("block string of blank lines", large: 60_000, fitted: 60_000) {
            "{contact(id:\"\"\"" + times($0, "\n") + "\"\"\"){id}}"
        },
        AbuseCase("block string of growing indents", large: 340, fitted: 340) {
            "{contact(id:\"\"\"" + (0..<$0).map { times($0, " ") + "a\n" }.joined() + "\"\"\"){id}}"
        },
        AbuseCase("block string of quotes", large: 60_000, fitted: 60_000) {
            "{contact(id:\"\"\"" + times($0 / 4, "\\\"\"\"") + "\"\"\"){id}}"
        },
        AbuseCase("many block strings", large: 100_000, fitted: 2_400) { "{" + each($0) { _ in "a(b:\"\"\" \n a\n\"\"\")" } + "}" },
    ]

    private static let values = [
        AbuseCase("digits of an integer", large: 100_000, fitted: 100_000) {
            "{contacts(pagination:{page:1" + times($0, "0") + ",limit:1}){totalElements}}"
        },
        AbuseCase("digits of a float", large: 100_000, fitted: 100_000) {
            "mutation{opportunity_Save(input:{amount:1." + times($0, "7") + "}){name}}"
        },
        AbuseCase("digits of an exponent", large: 100_000, fitted: 100_000) {
            "mutation{opportunity_Save(input:{amount:1e" + times($0, "9") + "}){name}}"
        },
        AbuseCase("digits of an Int64", large: 100_000, fitted: 100_000) {
            "mutation{opportunity_Save(input:{likelihoodRate:" + times($0, "9") + "}){name}}"
        },
        AbuseCase("digits of a Time's fraction", large: 100_000, fitted: 100_000) {
            "mutation{opportunity_Save(input:{estimatedClosedDate:\"2026-01-01T00:00:00." + times($0, "9") + "Z\"}){name}}"
        },
        AbuseCase("a list for a number", large: 200_000, fitted: 14_900) { "{contacts(pagination:{page:[" + times($0, "1 ") + "]}){id}}" },
        AbuseCase("a list of wrong objects", large: 50_000, fitted: 2_900) { "{contacts(sort:[" + times($0, "{a:1}") + "]){id}}" },
        AbuseCase("lists within lists for a list", large: 200, fitted: 190) {
            "{contacts(sort:" + times($0, "[") + times(14_500, "1 ") + times($0, "]") + "){id}}"
        },
        AbuseCase("an object of unknown fields", large: 50_000, fitted: 4_900) {
            "{contacts(pagination:{" + each($0) { "a\($0):1" } + "}){id}}"
        },
        AbuseCase("the same field of an object", large: 50_000, fitted: 4_900) {
            "{contacts(pagination:{" + times($0, "page:1 ") + "}){id}}"
        },
        AbuseCase("a long unknown enum value", large: 1_000_000, fitted: 260_000) {
            "mutation{opportunity_Save(input:{currency:" + times($0, "A") + "}){name}}"
        },
        AbuseCase("a long text for an enum value", large: 1_000_000, fitted: 260_000) {
            "mutation{opportunity_Save(input:{currency:\"" + times($0, "A") + "\"}){name}}"
        },
    ]

    private static let selections = [
        AbuseCase("the same field", large: 100_000, fitted: 14_900) { "{" + times($0, "__typename ") + "}" },
        AbuseCase("the same field with arguments", large: 100_000, fitted: 1_600) { "{" + times($0, "contact(id:1){id} ") + "}" },
        AbuseCase("the same object", large: 100_000, fitted: 3_700) { "{contact(id:1){" + times($0, "tags{id} ") + "}}" },
        AbuseCase("the same object, nested", large: 13, fitted: 9) { depth in
            "{contact(id:1){" + (0..<depth).reduce("id") { text, _ in "organizations{content{contacts{content{\(text)}}}} " + text } + "}}"
        },
        AbuseCase("aliases", large: 1_000_000, fitted: 4_900) { "{" + each($0) { "a\($0):__typename" } + "}" },
        AbuseCase("unknown fields", large: 100_000, fitted: 14_900) { "{" + each($0) { "organisation\($0)" } + "}" },
        AbuseCase("a long unknown field", large: 1_000_000, fitted: 260_000) { "{" + times($0, "a") + "}" },
        AbuseCase("unknown arguments", large: 100_000, fitted: 4_900) { "{contact(" + each($0) { "ids\($0):1" } + "){id}}" },
        AbuseCase("the same argument", large: 100_000, fitted: 4_900) { "{contact(" + times($0, "id:1 ") + "){id}}" },
        AbuseCase("unknown directives", large: 100_000, fitted: 7_400) { "{__typename " + times($0, "@a") + "}" },
        AbuseCase("different unknown directives", large: 100_000, fitted: 7_400) { "{__typename " + each($0) { "@a\($0)" } + "}" },
        AbuseCase("known directives", large: 100_000, fitted: 2_100) { "{__typename " + times($0, "@skip(if:true)") + "}" },
        AbuseCase("inline fragments", large: 100_000, fitted: 3_700) { "{" + times($0, "...{a}") + "}" },
        AbuseCase("errors at the end of a long line", large: 100_000, fitted: 100) {
            "{" + times(250_000, ",") + each($0) { "a\($0)" } + "}"
        },
    ]

    private static let fragments = [
        AbuseCase("fragment chain", large: 10_000, fitted: 1_600) {
            "{...F0}" + each($0) { "fragment F\($0) on Query{...F\($0 + 1)}" } + "fragment F\($0) on Query{__typename}"
        },
        AbuseCase("fragment chain through fields", large: 10_000, fitted: 700) {
            "{contact(id:1){...F0}}" + each($0) { "fragment F\($0) on Contact{organizations{content{contacts{content{...F\($0 + 1)}}}}}" }
                + "fragment F\($0) on Contact{id}"
        },
        AbuseCase("fragment doubling", large: 5_000, fitted: 1_300) {
            "{...F0}" + each($0) { "fragment F\($0) on Query{...F\($0 + 1)...F\($0 + 1)}" } + "fragment F\($0) on Query{__typename}"
        },
        AbuseCase("fragment doubling through inline fragments", large: 5_000, fitted: 900) {
            "{...F0}" + each($0) { "fragment F\($0) on Query{...{...F\($0 + 1)}...{...F\($0 + 1)}}" }
                + "fragment F\($0) on Query{__typename}"
        },
        AbuseCase("fragment doubling through aliases", large: 1_000, fitted: 500) {
            "{organization(id:1){...F0}}"
                + each($0) {
                    "fragment F\($0) on Organization{a:subsidiaries{organization{...F\($0 + 1)}} b:subsidiaries{organization{...F\($0 + 1)}}}"
                } + "fragment F\($0) on Organization{name}"
        },
        AbuseCase("fragments that multiply fields", large: 9, fitted: 9) { count in
            "{organization(id:1){...F0}}"
                + each(count) { level in
                    let next = level + 1 < count ? "...F\(level + 1)" : "name"
                    return "fragment F\(level) on Organization{subsidiaries{organization{\(next)}}parentCompanies{organization{\(next)}}"
                        + "subsidiaryOf{organization{\(next)}}opportunities{organization{\(next)}}jobRoles{organization{\(next)}}}"
                }
        },
        AbuseCase("fragment ring", large: 10_000, fitted: 1_600) { count in
            "{...F0}" + each(count) { "fragment F\($0) on Query{...F\(($0 + 1) % count)}" }
        },
        AbuseCase("fragments that all spread all", large: 300, fitted: 80) { count in
            "{...F0}" + each(count) { "fragment F\($0) on Query{" + each(count) { "...F\($0)" } + "}" }
        },
        AbuseCase("fragment ring with many ways back", large: 10_000, fitted: 1_000) { count in
            "{...F0}" + each(count) { "fragment F\($0) on Query{...F\(($0 + 1) % count)...F\($0 / 2)}" }
        },
        AbuseCase("unused fragments", large: 20_000, fitted: 2_100) {
            "{__typename}" + each($0) { "fragment F\($0) on Query{__typename}" }
        },
        AbuseCase("unknown fragments", large: 100_000, fitted: 7_400) { "{" + each($0) { "...F\($0)" } + "}" },
        AbuseCase("the same fragment name", large: 20_000, fitted: 2_100) {
            "{...F}" + each($0) { _ in "fragment F on Query{__typename}" }
        },
    ]

    private static let overlaps = [
        AbuseCase("one name, different arguments", large: 20_000, fitted: 2_400) { "{" + each($0) { "contact(id:\($0))" } + "}" },
        AbuseCase("one name, different arguments, selected", large: 10_000, fitted: 1_600) {
            "{" + each($0) { "contact(id:\($0)){id}" } + "}"
        },
        AbuseCase("one name, different directives and fragments", large: 5_000, fitted: 900) {
            "{contact(id:1){" + each($0) { "...@include(if:true){a:owner{b\($0):id}}" } + "}}"
        },
        AbuseCase("one name in many types", large: 3_000, fitted: 900) { count in
            "{contact(id:1){" + each(count) { $0 % 2 == 0 ? "...on Contact{owner{id c\($0):name}}" : "...on Node{id d\($0):id}" } + "}}"
        },
        AbuseCase("one name, different fields", large: 20_000, fitted: 4_900) { count in
            "{contact(id:1){" + each(count) { $0 % 2 == 0 ? "a:name" : "a:label" } + "}}"
        },
        AbuseCase("one name, nested", large: 60, fitted: 40) { count in
            let fields = each(count) { "a:contact(id:\($0)){b:emails{c:primary d:email}b:emails{c:email}}" }
            return "{\(fields)}"
        },
        AbuseCase("one name, deeply nested", large: 190, fitted: 60) { depth in
            func branch(_ leaf: String) -> String {
                times(depth, "owner{") + leaf + times(depth, "}")
            }
            return "{contact(id:1){" + (0..<30).map { branch("a:f\($0)") }.joined(separator: " ") + "}}"
        },
        AbuseCase("a conflict at every level", large: 60, fitted: 90) { depth in
            "{contact(id:1){" + times(depth, "owner{a:id ") + times(depth, "}") + times(depth, "owner{a:name ") + times(depth, "}") + "}}"
        },
        AbuseCase("fragments that conflict with each other", large: 2_000, fitted: 800) { count in
            "{contact(id:1){" + each(count) { "...F\($0)" } + "}}" + each(count) { "fragment F\($0) on Contact{a:f\($0)}" }
        },
        AbuseCase("fragments that agree with each other", large: 2_000, fitted: 800) { count in
            "{contact(id:1){" + each(count) { "...F\($0)" } + "}}" + each(count) { "fragment F\($0) on Contact{a:name b:id}" }
        },
        AbuseCase("fragments of fragments, compared", large: 120, fitted: 60) { count in
            "{contact(id:1){" + each(count) { "...A\($0) ...B\($0)" } + "}}"
                + each(count) { place in "fragment A\(place) on Contact{" + each(count) { "...B\($0)" } + " name}" }
                + each(count) { "fragment B\($0) on Contact{owner{id name}}" }
        },
        AbuseCase("objects that are merged, pair by pair", large: 20_000, fitted: 2_100) {
            "{contact(id:1){" + each($0) { "owner{id a\($0):name}" } + "}}"
        },
        AbuseCase("objects with fragments, merged", large: 5_000, fitted: 1_000) { count in
            "{contact(id:1){" + each(count) { "owner{...F\($0 % 100)}" } + "}}" + each(100) { "fragment F\($0) on User{id name}" }
        },
        AbuseCase("a long argument, compared with many", large: 4_000, fitted: 1_600) {
            "{contact(id:\"" + times(200_000, "a") + "\"){id}" + times($0, "contact(id:1){id} ") + "}"
        },
        AbuseCase("long arguments, compared", large: 100, fitted: 100) {
            "{" + each($0) { _ in "contact(id:[" + times(120, "1 ") + "]){id}" } + "}"
        },
    ]

    private static let introspection = [
        AbuseCase("types of fields of types", large: 60, fitted: 60) {
            "{__schema{types{" + times($0, "fields{type{") + "name" + times($0, "}}") + "}}}"
        },
        AbuseCase("types of types", large: 190, fitted: 190) {
            "{__type(name:\"Query\"){" + times($0, "ofType{") + "name" + times($0, "}") + "}}"
        },
        AbuseCase("the schema under aliases", large: 50_000, fitted: 1_600) { "{" + each($0) { "a\($0):__schema{types{name}}" } + "}" },
        AbuseCase("fields of types in fragments", large: 1_000, fitted: 400) {
            "{__schema{types{...F0}}}" + each($0) { "fragment F\($0) on __Type{fields{type{...F\($0 + 1)}}interfaces{...F\($0 + 1)}}" }
                + "fragment F\($0) on __Type{name}"
        },
        AbuseCase("introspection roots in fragments", large: 1_000, fitted: 350) { count in
            "{" + each(count) { "a\($0):__schema{types{...F\($0)}}" } + "}"
                + each(count) { place in "fragment F\(place) on __Type{ofType{...F\(place + 1 < count ? place + 1 : 0)}}" }
        },
    ]

    private static let operations = [
        AbuseCase("anonymous operations", large: 30_000, fitted: 4_900) { times($0, "{a}") },
        AbuseCase("operations of one name", large: 30_000, fitted: 2_900) { times($0, "query A{a}") },
        AbuseCase("operations that reach a chain of fragments", large: 2_000, fitted: 800) { count in
            each(count) { "query Q\($0){...F0}" } + each(count) { "fragment F\($0) on Query{...F\($0 + 1)}" }
                + "fragment F\(count) on Query{__typename}"
        },
        AbuseCase("operations with variables used in fragments", large: 2_000, fitted: 450) { count in
            each(count) { "query Q\($0)($a:ID!){...F}" }
                + "fragment F on Query{" + each(count) { "a\($0):contact(id:$a){id}" } + "}"
        },
        AbuseCase("variables without use", large: 50_000, fitted: 3_700) { "query(" + each($0) { "$a\($0):Int" } + "){__typename}" },
        AbuseCase("variables without definition", large: 50_000, fitted: 2_100) { "{" + each($0) { "contact(id:$a\($0))" } + "}" },
        AbuseCase("the same variable", large: 50_000, fitted: 3_700) { "query(" + times($0, "$a:Int ") + "){__typename}" },
        AbuseCase("variables of unknown types", large: 50_000, fitted: 3_700) {
            "query(" + each($0) { "$a\($0):Organisation\($0)" } + "){__typename}"
        },
        AbuseCase("variables, each used", large: 20_000, fitted: 1_400) { count in
            "query(" + each(count) { "$a\($0):SortBy!" } + "){contacts(sort:[" + each(count) { "$a\($0)" } + "]){totalElements}}"
        },
    ]

    private static let sort = "query($a:[SortBy!]){contacts(sort:$a){totalElements}}"

    private static let variables = [
        AbuseCase("JSON: nested arrays", large: 100_000, fitted: 100_000, query: sort) { "{\"a\":" + times($0, "[") },
        AbuseCase("JSON: nested objects", large: 100_000, fitted: 100_000, query: sort) { times($0, "{\"a\":") },
        AbuseCase("JSON: numbers", large: 1_000_000, fitted: 500_000, query: sort) { "{\"a\":[1" + times($0, ",1") + "]}" },
        AbuseCase("JSON: empty arrays", large: 600_000, fitted: 340_000, query: sort) { "{\"a\":[1" + times($0, ",[]") + "]}" },
        AbuseCase("JSON: empty objects", large: 600_000, fitted: 340_000, query: sort) { "{\"a\":[1" + times($0, ",{}") + "]}" },
        AbuseCase("JSON: members", large: 150_000, fitted: 80_000, query: sort) {
            "{" + (0..<$0).map { "\"a\($0)\":1" }.joined(separator: ",") + "}"
        },
        AbuseCase("JSON: the same member", large: 300_000, fitted: 170_000, query: sort) { "{\"a\":1" + times($0, ",\"a\":1") + "}" },
        AbuseCase("JSON: a text", large: 2_000_000, fitted: 1_000_000, query: sort) { "{\"a\":\"" + times($0, "a") + "\"}" },
        AbuseCase("JSON: escapes", large: 300_000, fitted: 170_000, query: sort) { "{\"a\":\"" + times($0, "\\u00e9") + "\"}" },
        AbuseCase("JSON: digits", large: 100_000, fitted: 100_000, query: sort) { "{\"a\":" + times($0, "9") + "}" },
        AbuseCase("JSON: digits of a fraction", large: 1_000_000, fitted: 1_000_000, query: sort) { "{\"a\":0." + times($0, "9") + "}" },
        AbuseCase("JSON: wrong elements", large: 50_000, fitted: 50_000, query: sort) {
            "{\"a\":[{\"by\":1}" + times($0, ",{\"by\":1}") + "]}"
        },
        AbuseCase("JSON: good elements", large: 50_000, fitted: 50_000, query: sort) {
            "{\"a\":[{\"by\":\"A\"}" + times($0, ",{\"by\":\"A\"}") + "]}"
        },
        AbuseCase("JSON: members of the body", large: 300_000, fitted: 150_000) { count -> AbuseCase.Request in
            AbuseCase.Request(query: "{__typename}", variables: "{}" + (0..<count).map { ",\"a\($0)\":1" }.joined())
        },
        AbuseCase("JSON: unknown members for many variables", large: 20_000, fitted: 1_400) { count -> AbuseCase.Request in
            AbuseCase.Request(
                query: "query(" + each(count) { "$a\($0):SortBy" } + "){contacts(sort:[" + each(count) { "$a\($0)" } + "]){totalElements}}",
                variables: "{" + (0..<min(49_000, count * 35)).map { "\"b\($0)\":1" }.joined(separator: ",") + "}")
        },
        AbuseCase(
            "JSON: unknown members of an input", large: 49_000, fitted: 49_000,
            query: "mutation($a:ContactInput!){contact_CreateForOrganization(organizationId:1,input:$a){id}}"
        ) { "{\"a\":{" + (0..<$0).map { "\"profile\($0)\":1" }.joined(separator: ",") + "}}" },
        AbuseCase("JSON: members for many variables", large: 20_000, fitted: 1_400) { count -> AbuseCase.Request in
            AbuseCase.Request(
                query: "query(" + each(count) { "$a\($0):SortBy!" } + "){contacts(sort:[" + each(count) { "$a\($0)" }
                    + "]){totalElements}}",
                variables: "{" + (0..<count).map { "\"a\($0)\":{\"by\":\"A\"}" }.joined(separator: ",") + "}")
        },
    ]
}
