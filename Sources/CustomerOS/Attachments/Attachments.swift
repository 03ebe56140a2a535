internal import Records

/// Attachments: the records of files.
enum Attachments {
    static let feature = Feature([
        .type(Attachment.self), .lookup("attachment", Attachment.self) { "Attachment with id \($0) not found" },
        .change(CreateAttachment.self),
    ])
}
