import Foundation
import PackagePlugin

/// Embeds the files of `schema/` and `migrations/` in the binary, without a list kept by hand.
///
/// SwiftPM looks for new files only below its targets' folders: `Sources/Embedded` has symbolic links to these folders,
/// so that a new file triggers a new plan. A shell script does the work, because a build with sanitizers would also
/// build a tool of this package with them.
@main
struct EmbedFiles: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let folders = [("schema", "schema", "graphqls"), ("migrations", "migrations", "sql"), ("routines", "migrations/routines", "sql")]
        return try folders.map { name, path, ending in
            try command(
                name, folder: root.appending(path: path), ending: ending, script: root.appending(path: "Plugins/EmbedFiles/embed.sh"),
                output: context.pluginWorkDirectoryURL.appending(path: "\(name).swift"))
        }
    }

    private func command(_ name: String, folder: URL, ending: String, script: URL, output: URL) throws -> Command {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix("." + ending) }.sorted()
        let files = names.map { folder.appending(path: $0) }
        return .buildCommand(
            displayName: "Embedding \(name)", executable: URL(filePath: "/bin/sh"),
            arguments: [script.path, output.path, name] + files.map(\.path), inputFiles: [script] + files, outputFiles: [output])
    }
}
