extension Double {
    /// Without a fraction where there is none: counts and times alike.
    var shortText: String { self == rounded() && abs(self) < 1e15 ? String(Int64(self)) : "\(self)" }
}
