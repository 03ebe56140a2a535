internal import CustomerOS
internal import GraphQL
internal import Postgres
internal import Records

/// The most a request may ask for. `settings` has each limit's name and range.
public struct Limits: Sendable {
    public var bodyBytes = 2 * 1024 * 1024
    public var documentBytes = 256 * 1024
    public var tokens = 15_000
    public var nesting = 200
    public var depth = 20
    public var aliases = 100
    public var rootFields = 50
    public var directives = 50
    public var fields = 50_000
    public var variablesBytes = 2 * 1024 * 1024
    public var variablesNesting = 64
    /// Values in a request's body: a value takes far more memory than its text.
    public var jsonValues = 50_000
    public var cost = 500_000
    /// The original's count of fields; 0 means no limit.
    public var complexity = 0
    public var page = 10_000
    public var timeline = 1_000
    public var filterDepth = 10
    /// Entries in a page's sort list.
    public var sortEntries = 8
    public var filterComparisons = 100
    public var filterValues = 1_000
    /// Rows that the reads of a level may return before they count as heavy.
    public var heavyReadRows = 20_000
    /// Objects in a list that a mutation takes.
    public var inputList = 500
    /// Inputs of `contact_CreateBulk…`.
    public var bulk = 200
    public var requestLineBytes = 8 * 1024
    public var headerBytes = 32 * 1024
    public var headerFields = 100
    public var connections = 16_384
    /// Per IPv4 address or IPv6 /64 network.
    public var connectionsPerAddress = 1_024
    /// Wrong keys per address and minute; 0 means no limit.
    public var wrongKeys = 60
    /// Requests executed at a time.
    public var requests = 512
    public var responseBytes = 64 * 1024 * 1024
    public var requestMilliseconds = 30_000
    public var statementMilliseconds = 10_000
    public var sharedStatementMilliseconds = 2_000
    /// Percent of the connections, of the requests at a time and of the places to wait that one tenant may have.
    public var tenantShare = 75
    public var documentCacheBytes = 32 * 1024 * 1024
    public var persistedQueryBytes = 8 * 1024 * 1024
    public var lingerMilliseconds = 10_000
    public var lingerBytes = 64 * 1024 * 1024
    /// Not limits of a request, but set like them: from how many bytes an answer is compressed, and at which level.
    public var compressionBytes = 1024
    public var compressionLevel = 1

    /// Bytes that clients may make the server hold, and the percentages of it for one tenant and for all clients
    /// without a key.
    public var memoryBytes = 256 * 1024 * 1024
    public var memoryShare = 50
    public var anonymousMemoryShare = 10
    public var writeMilliseconds = 30_000
    /// Bytes per second.
    public var readerRate = 1024
    public var preparedStatementBytes = 128 * 1024

    public init() {}

    /// A limit as a setting: on the command line or in the environment.
    struct Setting: Sendable {
        let name: String
        let environment: String
        let unit: String
        let range: ClosedRange<Int>
        let help: String
        let place: any WritableKeyPath<Limits, Int> & Sendable

        init(
            _ place: any WritableKeyPath<Limits, Int> & Sendable, _ name: String, _ unit: String, _ range: ClosedRange<Int>, _ help: String,
            environment: String? = nil
        ) {
            self.place = place
            self.name = name
            self.unit = unit
            self.range = range
            self.help = help
            self.environment = environment ?? name.uppercased().replacing("-", with: "_")
        }

        var option: Option {
            Option(
                name, value: unit, environment: environment, help, kind: .number(range), default: String(Limits()[keyPath: place]))
        }
    }

    static let settings: [Setting] = [
        Setting(\.bodyBytes, "body-limit", "BYTES", 1024...1 << 30, "The largest body of a request"),
        Setting(\.requestLineBytes, "request-line-limit", "BYTES", 256...1 << 20, "The longest request line"),
        Setting(\.headerBytes, "header-limit", "BYTES", 1024...1 << 24, "The largest header section"),
        Setting(\.headerFields, "header-field-limit", "NUMBER", 8...10_000, "The most fields of a header section"),
        Setting(\.connections, "connection-limit", "NUMBER", 1...1_000_000, "The most connections at a time; more wait"),
        Setting(
            \.connectionsPerAddress, "connection-limit-per-address", "NUMBER", 1...1_000_000,
            "The most connections of one address (for IPv6, of one /64 network)"),
        Setting(
            \.wrongKeys, "wrong-key-limit", "NUMBER", 0...1_000_000,
            "The most wrong API keys of one address per minute; further ones are refused with 429; 0 means no limit"),
        Setting(
            \.requests, "request-limit", "NUMBER", 1...1_000_000, "The most requests executed at a time; more wait briefly"),
        Setting(\.documentBytes, "document-limit", "BYTES", 64...1 << 28, "The longest document"),
        Setting(\.tokens, "token-limit", "NUMBER", 10...10_000_000, "The most tokens of a document"),
        Setting(\.nesting, "nesting-limit", "NUMBER", 5...500, "How deep selections, lists, objects and types nest in a document"),
        Setting(\.depth, "depth-limit", "NUMBER", 1...500, "The most levels of fields"),
        Setting(\.aliases, "alias-limit", "NUMBER", 0...1_000_000, "The most fields with an alias"),
        Setting(\.rootFields, "root-field-limit", "NUMBER", 1...1_000_000, "The most root fields of an operation"),
        Setting(\.directives, "directive-limit", "NUMBER", 0...1_000_000, "The most directives of an operation"),
        Setting(\.fields, "field-limit", "NUMBER", 1...10_000_000, "The most fields, counting fragments wherever they are spread"),
        Setting(\.variablesBytes, "variables-limit", "BYTES", 2...1 << 30, "The largest variables"),
        Setting(\.variablesNesting, "variables-nesting-limit", "NUMBER", 1...500, "How deep arrays and objects nest in variables"),
        Setting(\.jsonValues, "json-value-limit", "NUMBER", 10...100_000_000, "The most values in the JSON of a request"),
        Setting(
            \.cost, "cost-limit", "NUMBER", 1...1_000_000_000, "The most that an operation may cost: an object 1, ten leaves 1, a total 10"),
        Setting(
            \.complexity, "complexity-limit", "NUMBER", 0...1_000_000_000, "The original's limit of fields; 0 means none",
            environment: "GRAPHQL_FIXED_COMPLEXITY_LIMIT"),
        Setting(\.page, "page-limit", "NUMBER", 1...1_000_000, "The most elements of a page"),
        Setting(\.sortEntries, "sort-limit", "NUMBER", 1...100, "The most entries of a list of sort orders"),
        Setting(\.timeline, "timeline-limit", "NUMBER", 1...100_000, "The most events of a timeline at once"),
        Setting(\.filterDepth, "filter-depth-limit", "NUMBER", 1...500, "How deep groups nest in a filter"),
        Setting(\.filterComparisons, "filter-comparison-limit", "NUMBER", 1...10_000, "The most comparisons of a filter"),
        Setting(\.filterValues, "filter-value-limit", "NUMBER", 1...1_000_000, "The most values of a list in a filter"),
        Setting(\.bulk, "bulk-limit", "NUMBER", 1...10_000, "The most contacts created in bulk at once"),
        Setting(\.inputList, "input-list-limit", "NUMBER", 1...100_000, "The most objects in a list that a mutation accepts"),
        Setting(\.responseBytes, "response-limit", "BYTES", 1024...1 << 32, "The largest response"),
        Setting(\.requestMilliseconds, "request-time-limit", "MILLISECONDS", 10...3_600_000, "The longest time for a request"),
        Setting(
            \.statementMilliseconds, "statement-time-limit", "MILLISECONDS", 10...3_600_000,
            "The longest time for a statement on a connection of its own"),
        Setting(
            \.sharedStatementMilliseconds, "shared-statement-time-limit", "MILLISECONDS", 10...3_600_000,
            "The longest time for a short read before it is repeated on a connection of its own"),
        Setting(
            \.heavyReadRows, "heavy-read-threshold", "NUMBER", 0...1_000_000_000,
            "From how many rows the reads of a level count as heavy and may take only part of the pool"),
        Setting(
            \.tenantShare, "tenant-share", "PERCENT", 50...100,
            "The share of connections and requests one tenant may have; the rest is for tenants that have none"),
        Setting(\.documentCacheBytes, "document-cache", "BYTES", 0...1 << 34, "Memory for documents known to be valid"),
        Setting(\.persistedQueryBytes, "persisted-query-cache", "BYTES", 0...1 << 34, "Memory for automatic persisted queries"),
        Setting(
            \.lingerMilliseconds, "linger-time-limit", "MILLISECONDS", 0...3_600_000,
            "How long a refused client may go on sending before its connection is closed"),
        Setting(\.lingerBytes, "linger-limit", "BYTES", 0...1 << 40, "How much a refused client may go on sending"),
        Setting(\.memoryBytes, "memory-budget", "BYTES", 1 << 20...1 << 40, "Memory for what clients make the server hold"),
        Setting(\.memoryShare, "memory-share", "PERCENT", 1...100, "The share of the memory budget one tenant may hold"),
        Setting(
            \.anonymousMemoryShare, "anonymous-memory-share", "PERCENT", 1...100,
            "The share of the memory budget all callers without a key may hold together"),
        Setting(
            \.preparedStatementBytes, "prepared-statement-limit", "BYTES", 4096...1 << 30,
            "The bytes of statements a database session keeps prepared"),
        Setting(
            \.writeMilliseconds, "write-time-limit", "MILLISECONDS", 100...3_600_000,
            "After how long a client that reads no answer, or reads it too slowly, is disconnected"),
        Setting(
            \.readerRate, "reader-rate", "BYTES", 0...1 << 30,
            "How much of an answer a client must read per second; 0 asks only that it reads something"),
        Setting(\.compressionBytes, "compression-threshold", "BYTES", 1...1 << 30, "The smallest answer that is compressed"),
        Setting(
            \.compressionLevel, "compression-level", "NUMBER", 0...9,
            "How answers are compressed for clients that ask for it: 1 is fast, 9 is small, 0 is off"),
    ]
}

extension Limits {
    /// The most bytes that parsing a body takes besides the body: its strings, and its values, which take more than
    /// their text.
    func largestRequest(ofBytes count: Int) -> Int { 2 * count + min(count / 2, jsonValues) * 48 }

    /// The most bytes that a document takes while it is parsed and validated, before planning.
    func largestDocument(ofBytes count: Int) -> Int { 2 * count + min(count, tokens) * 160 }

    var parser: Parser.Limits { Parser.Limits(nesting: nesting, tokens: tokens) }

    var request: RequestContext.Limits {
        RequestContext.Limits(
            pageLimit: page, sortLimit: sortEntries, timelineLimit: timeline, bulkLimit: bulk, inputListLimit: inputList,
            filter: FilterLimits(depth: filterDepth, comparisons: filterComparisons, values: filterValues), heavyReadRows: heavyReadRows)
    }

    /// Applies the limits that concern the database.
    func apply(to database: inout DatabaseConfiguration) {
        database.statementTimeout = .milliseconds(statementMilliseconds)
        database.sharedStatementTimeout = .milliseconds(sharedStatementMilliseconds)
        database.tenantShare = tenantShare
    }

    var document: DocumentLimits {
        var limits = DocumentLimits()
        limits.depth = depth
        limits.aliases = aliases
        limits.rootFields = rootFields
        limits.directives = directives
        limits.fields = fields
        limits.complexity = complexity > 0 ? complexity : nil
        return limits
    }
}
