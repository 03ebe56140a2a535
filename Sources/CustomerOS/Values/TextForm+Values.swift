internal import Records

/// The forms in which texts are stored.
extension TextForm {
    /// Normalization Form C, like `Name.normal`.
    static let name = TextForm { text, _ in NormalForm.composed(text) }

    static let emailAddress = TextForm(EmailAddress.compared)

    /// A host's ASCII form.
    static let hostName = TextForm(isSmall: true, HostName.compared)
}
