import TestSupport
import Testing

@testable import CustomerOS

/// The rules for names, addresses and places.
@Suite("Forms of values")
struct ValueFormTests {
    // MARK: E-mail addresses

    @Test(
        "understand what mail programs write",
        arguments: [
            ("user@x.org", "user@x.org"), ("  User@X.ORG ", "User@X.ORG"), ("Ann <user@x.org>", "user@x.org"),
            ("<user@x.org>", "user@x.org"),
            ("\"Doe, Ann\" <user@x.org>", "user@x.org"), ("mailto:user@x.org", "user@x.org"),
            ("MAILTO:user@x.org?subject=Hi", "user@x.org"),
            ("user@x.org.", "user@x.org"), ("user@x.org;", "user@x.org"), ("user@x.org, ", "user@x.org"),
            ("user@x.org (Ann)", "user@x.org"),
            ("Ann <mailto:user@x.org>", "user@x.org"), ("user@x.org <user@x.org>", "user@x.org"), ("Ann\t<user@x.org>\n", "user@x.org"),
            ("p@bücher-mail.de", "p@bücher-mail.de"), ("p@xn--bcher-mail-9db.de", "p@bücher-mail.de"),
            ("p@BU\u{308}CHER-mail.de", "p@B\u{DC}CHER-mail.de"),
            ("jose\u{301}@x.org", "jos\u{E9}@x.org"), ("first.last+tag@sub.x.co.uk", "first.last+tag@sub.x.co.uk"),
            ("o'hara@x.org", "o'hara@x.org"),
            ("Ann <ann@x.org>;", "ann@x.org"), ("Ann <ann@x.org>, ", "ann@x.org"), ("<ann@x.org>.", "ann@x.org"),
            ("mailto:  ann@x.org", "ann@x.org"), ("mailto:ann%2Btag@x.org", "ann+tag@x.org"), ("<mailto:ann%25@x.org>", "ann%@x.org"),
            ("mailto:Jos%C3%A9@x.org?cc=b@y.org", "Jos\u{E9}@x.org"), ("'ann@x.org' <ANN@X.org>", "ANN@X.org"),
            ("ann@x.org (Ann);", "ann@x.org"),
            ("Ann @ Acme <ann@x.org>", "ann@x.org"), ("ann%2Btag@x.org", "ann%2Btag@x.org"),
            ("用户@例え.jp", "用户@例え.jp"), ("a@my\u{200B}-shop-x.com", "a@my-shop-x.com"), ("\u{FEFF}user@x.org", "user@x.org"),
            ("mailto://user@x.org", "user@x.org"), ("Ann <MAILTO://user@x.org>", "user@x.org"),
        ])
    func addresses(_ text: String, _ address: String) throws {
        #expect(try EmailAddress(text).text.utf8.elementsEqual(address.utf8))
        #expect(EmailAddress.comparable(text) == address)
    }

    @Test(
        "refuse several in one",
        arguments: [
            "x@a.com; y@b.com", "x@a.com, y@b.com", "x@a.com y@b.com", "x@a.com;y@b.com", "x@a.com\ny@b.com", "x@a.com | y@b.com",
            "x@a.com / y@b.com",
            "Ann <a@x.org>, Bob <b@y.org>", "<a@x.org><b@y.org>", "x@a.com/y@b.com",
            "a@x.org <b@y.org>", "\"a@x.org\" <b@y.org>", "'a@x.org' <b@y.org>;", "Ann a@x.org <b@y.org>", "b@y.org (a@x.org)",
            "mailto:a@x.org,b@y.org", "mailto:a@x.org%2Cb@y.org",
        ])
    func several(_ text: String) {
        let refusal = #expect(throws: ValueRefusal.self) { try EmailAddress(text) }
        #expect(refusal?.reason == .several)
    }

    @Test(
        "refuse invalid ones",
        arguments: [
            "", " ", "notanemail", "@", "a@", "@x.org", "a@x", "a@localhost", "a b@x.org", "a..b@x.org", ".a@x.org", "a.@x.org", "a@x..org",
            "a@-x.org",
            "a@x.org/y", "a@10.0.0.1", "a@@x.org", "Ann <>", "Ann <ann>", "mailto:", "n/a", "a@x_y.org", "a\u{0}b@x.org", "\"a b\"@x.org",
            String(repeating: "a", count: 65) + "@x.org", "a@" + String(repeating: "a.", count: 126) + "org", "https://x.org/@ann",
        ])
    func noAddresses(_ text: String) {
        #expect(throws: ValueRefusal.self) { try EmailAddress(text) }
    }

    @Test("are stable", arguments: 0..<10)
    func stableAddresses(_ seed: Int) {
        var random = RandomSource(seed: UInt64(seed))
        var addresses = 0
        for _ in 0..<500 {
            let text = random.text(
                of: [
                    "a", "É", "e\u{301}", "@", "a@x.org", "b@ü.de", "@xn--bcher-kva.de", ".", "<", ">", ";", ",", " ", "mailto:", "\"", "(",
                    ")", "+",
                    "-", "\u{200B}",
                ], upTo: 4)
            guard let address = try? EmailAddress(text) else { continue }
            addresses += 1
            #expect((try? EmailAddress(address.text)) == address, "\(text) is \(address.text)")
            #expect(address.text.count { $0 == "@" } == 1 && !address.text.contains(where: \.isWhitespace), "\(text)")
        }
        #expect(addresses > 5)
    }

    // MARK: Names

    @Test(
        "trim names",
        arguments: [
            ("  Dana   van \t Buyer ", "Dana van Buyer"), ("Dana\u{A0}Buyer\n", "Dana Buyer"), ("", ""), (" \n", ""),
            ("Jose\u{301}", "Jos\u{E9}"),
        ])
    func names(_ text: String, _ name: String) { #expect(Name.normal(text).utf8.elementsEqual(name.utf8)) }

    // MARK: Countries

    @Test(
        "know countries by their codes and names",
        arguments: [
            ("DE", "DE"), ("de", "DE"), ("DEU", "DE"), ("Germany", "DE"), (" germany ", "DE"), ("Deutschland", "DE"), ("UK", "GB"),
            ("EL", "GR"),
            ("GBR", "GB"), ("United Kingdom", "GB"), ("Great Britain", "GB"), ("England", "GB"), ("USA", "US"), ("U.S.A.", "US"),
            ("U.S.", "US"),
            ("United States of America", "US"), ("the Netherlands", "NL"), ("Holland", "NL"), ("Côte d'Ivoire", "CI"),
            ("cote d’ivoire", "CI"),
            ("Ivory Coast", "CI"), ("Türkiye", "TR"), ("turkey", "TR"), ("Czech Republic", "CZ"), ("Czechia", "CZ"), ("South Korea", "KR"),
            ("Viet Nam", "VN"), ("Österreich", "AT"), ("Osterreich", "AT"), ("Schweiz", "CH"), ("Curacao", "CW"), ("Aland Islands", "AX"),
            ("Россия", "RU"), ("UAE", "AE"), ("Hong Kong", "HK"), ("NA", "NA"), ("na", "NA"), ("United_States", "US"),
            ("Trinidad & Tobago", "TT"), ("Guinea-Bissau", "GW"),
        ])
    func countries(_ text: String, _ code: String) throws { #expect(try Country(text).code == code) }

    @Test(
        "know countries by the names that ISO 3166-1 gives them",
        arguments: [
            ("Korea, Republic of", "KR"), ("Korea (the Republic of)", "KR"), ("Korea, Democratic People's Republic of", "KP"),
            ("Korea (the Democratic People's Republic of)", "KP"), ("Iran, Islamic Republic of", "IR"),
            ("Iran (Islamic Republic of)", "IR"),
            ("Tanzania, United Republic of", "TZ"), ("Tanzania, the United Republic of", "TZ"), ("Bolivia (Plurinational State of)", "BO"),
            ("Bolivia, Plurinational State of", "BO"), ("Venezuela, Bolivarian Republic of", "VE"), ("Moldova (the Republic of)", "MD"),
            ("Micronesia, Federated States of", "FM"), ("Micronesia (Federated States of)", "FM"), ("Palestine, State of", "PS"),
            ("Taiwan, Province of China", "TW"), ("Taiwan (Province of China)", "TW"), ("Congo", "CG"), ("Congo (the)", "CG"),
            ("Congo, Democratic Republic of the", "CD"), ("Congo (the Democratic Republic of the)", "CD"),
            ("Virgin Islands, British", "VG"),
            ("Virgin Islands (British)", "VG"), ("Virgin Islands, U.S.", "VI"), ("Virgin Islands (U.S.)", "VI"),
            ("Netherlands (Kingdom of the)", "NL"), ("Saint Martin (French part)", "MF"), ("Sint Maarten (Dutch part)", "SX"),
            ("Falkland Islands (Malvinas)", "FK"), ("Falkland Islands (the) [Malvinas]", "FK"), ("Bahamas (the)", "BS"),
            ("Cocos (Keeling) Islands (the)", "CC"), ("Bonaire, Sint Eustatius and Saba", "BQ"), ("Holy See (Vatican City State)", "VA"),
            ("Saint Helena, Ascension and Tristan da Cunha", "SH"), ("United States of America (the)", "US"),
            ("United Kingdom of Great Britain and Northern Ireland (the)", "GB"), ("Lao People's Democratic Republic (the)", "LA"),
            ("Macedonia, the former Yugoslav Republic of", "MK"),
        ])
    func officialNames(_ text: String, _ code: String) throws { #expect(try Country(text).code == code) }

    @Test(
        "know countries by the names that browsers and phones show",
        arguments: [
            ("Antigua & Barbuda", "AG"), ("Congo - Kinshasa", "CD"), ("Congo - Brazzaville", "CG"), ("Côte d’Ivoire", "CI"),
            ("South Georgia & South Sandwich Islands", "GS"), ("Hong Kong SAR China", "HK"), ("Heard & McDonald Islands", "HM"),
            ("St. Kitts & Nevis", "KN"), ("St. Lucia", "LC"), ("st lucia", "LC"), ("St. Martin", "MF"), ("Myanmar (Burma)", "MM"),
            ("Macao SAR China", "MO"), ("St. Pierre & Miquelon", "PM"), ("Palestinian Territories", "PS"), ("St. Helena", "SH"),
            ("São Tomé & Príncipe", "ST"), ("U.S. Outlying Islands", "UM"), ("St. Vincent & Grenadines", "VC"),
            ("U.S. Virgin Islands", "VI"), ("St. Barthélemy", "BL"), ("Falkland Islands (Islas Malvinas)", "FK"),
            ("Great Britain (UK)", "GB"), ("United States (US)", "US"), ("Germany (DE)", "DE"), ("KSA", "SA"), ("Republic of India", "IN"),
            ("Republic of South Africa", "ZA"),
        ])
    func shownNames(_ text: String, _ code: String) throws { #expect(try Country(text).code == code) }

    @Test(
        "guess no country from letters in other text",
        arguments: [
            "n/a", "N/A", "N.A.", "n.a.", "n.a", "(NA)", "DE 80331", "D-80331", "DE/AT", "DE1", "1DE", "Georgia (US)", "Georgia, US",
            "Korea (DPR)",
            "Paris, France", "Germany (AT)", "East Timor (ID)", "?", "no!", "D:E",
        ])
    func otherTexts(_ text: String) { #expect(throws: ValueRefusal.self) { try Country(text) } }

    @Test(
        "refuse what is not a country, and suggest the nearest",
        arguments: [("XX", "\""), ("Germny", "\"Germany\""), ("GERMAN", "\"Germany\""), ("Fance", "\"France\""), ("ZZZ", "\"")])
    func noCountries(_ text: String, _ hint: String) {
        let refusal = #expect(throws: ValueRefusal.self) { try Country(text) }
        #expect(refusal?.reason == .unknown && refusal?.explanation.contains(hint) == true, "\(refusal?.explanation ?? "")")
    }

    @Test("know every country by each of its names") func allCountries() throws {
        #expect(Country.all.count == 249)
        for country in Country.all {
            for name in [country.code, country.longCode, country.name, country.name.uppercased()] {
                #expect(try Country(name) == country, "\(name)")
            }
        }
    }

    // MARK: Time zones

    @Test(
        "know time zones however they are spelled",
        arguments: [
            ("Europe/Berlin", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"), ("America/New York", "America/New_York"),
            ("UTC", "UTC"),
            ("utc", "UTC"), (" Asia/Kolkata ", "Asia/Kolkata"), ("Berlin", "Europe/Berlin"), ("Etc/GMT+5", "Etc/GMT+5"),
            ("US/Eastern", "US/Eastern"),
            ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ])
    func zones(_ text: String, _ zone: String) throws { #expect(try TimeZoneName.normal(text) == zone) }

    @Test(
        "refuse unknown zones, and suggest the nearest",
        arguments: [
            ("Mars/Olympus", "Europe/"), ("Europe/Berln", "\"Europe/Berlin\""), ("America/NewYork", "\"America/New_York\""),
            ("+02:00", "Europe/Berlin"), ("GMT+1", "Europe/"), ("gmt-5", "Europe/"), ("UTC+1", "Europe/"), ("north", "Europe/"),
            ("Center", "Europe/"), ("West", "Europe/"), ("General", "Europe/"), ("Victoria", "Europe/"), ("Samoa", "Europe/"),
            ("Palmer", "Europe/"),
            ("Knox", "Europe/"), ("Petersburg", "Europe/"),
        ])
    func noZones(_ text: String, _ hint: String) {
        let refusal = #expect(throws: ValueRefusal.self) { try TimeZoneName.normal(text) }
        #expect(refusal?.reason == .unknown, "\(refusal?.explanation ?? "")")
        #expect(refusal?.explanation.contains("GMT") == false)
        if hint != "Europe/" { #expect(refusal?.explanation.contains(hint) == true, "\(refusal?.explanation ?? "")") }
    }
}
