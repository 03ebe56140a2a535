/// A file of this repository that is part of the binary.
///
/// The lists `schema` and `migrations` hold the files of these folders in the order of their names. The plugin `EmbedFiles` writes them when
/// the program is built.
public struct EmbeddedFile: Sendable {
    /// Without the folder.
    public let name: String
    public let text: String
}
