internal import Records

extension Time {
    /// The day in UTC, such as `2024-05-01`, of a time in stored form. Days sort like their texts.
    var day: Substring { text.prefix(10) }
}
