/// A file of this repository embedded in the binary.
///
/// `schema` and `migrations` list the files of these folders by name. The plugin `EmbedFiles` generates the lists
/// during the build.
public struct EmbeddedFile: Sendable {
    /// Without the folder.
    public let name: String
    public let text: String
}
