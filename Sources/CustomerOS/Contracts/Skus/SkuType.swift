internal import Records

/// Kinds of products.
enum SkuType: String, Word {
    case oneTime = "ONE_TIME"
    case subscription = "SUBSCRIPTION"
}
