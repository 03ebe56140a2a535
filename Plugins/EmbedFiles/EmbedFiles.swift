import Foundation
import PackagePlugin

/// Makes the files of `schema/` and `migrations/` a part of the binary: no list of them is kept by hand.
///
/// The package manager looks for new files only below the folders of its targets, and therefore plans anew only because
/// `Sources/Embedded` has symbolic links to these folders. The work is a shell script's and not a program's of this package, because a
/// build with sanitizers would build that with them too.
@main
struct EmbedFiles: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let folders = [("schema", "schema", "graphqls"), ("migrations", "migrations", "sql")]
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
