/// A file of this repository embedded in the binary.
///
/// `schema`, `migrations` and `routines` list the files of `schema/`, `migrations/` and `migrations/routines/` by name.
/// The plugin `EmbedFiles` generates the lists during the build.
public struct EmbeddedFile: Sendable {
    /// Without the folder.
    public let name: String
    public let text: String
}
