import Testing

/// All suites share one server and look at the statements of its last request, so they run one after the other.
@Suite("The service", .serialized)
enum ServiceSuite {}
