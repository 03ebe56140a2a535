extension Double {
    /// The shortest text: no fraction if the value is whole.
    var shortText: String { self == rounded() && abs(self) < 1e15 ? String(Int64(self)) : "\(self)" }
}
