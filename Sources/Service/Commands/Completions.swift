/// Shell completions, generated from the table of commands.
enum Completions {
    enum Shell: String, CaseIterable {
        case bash, zsh, fish
    }

    static func script(for shell: Shell) -> String {
        switch shell {
        case .bash: bash
        case .zsh: zsh
        case .fish: fish
        }
    }

    private static let commands = CommandLineInterface.commands

    /// The first words of commands, each with the command's or the group's summary.
    private static var firstWords: [(word: String, summary: String)] {
        var found: [(word: String, summary: String)] = []
        for command in commands {
            guard let word = command.words.first, !found.contains(where: { $0.word == word }) else { continue }
            let group = commands.filter { $0.words.first == word }
            let summary =
                group.count == 1 || command.words.count == 1
                ? command.summary : group.compactMap { $0.words.last }.joined(separator: ", ")
            found.append((word, summary))
        }
        return found
    }

    /// The second words by first word.
    private static var groups: [(word: String, commands: [Command])] {
        firstWords.compactMap { first in
            let second = commands.filter { $0.words.first == first.word && $0.words.count == 2 }
            return second.isEmpty ? nil : (first.word, second)
        }
    }

    /// The candidates for a value.
    private enum Values {
        case words([String]), files, folders, unknown
    }

    private static func values(of option: Option) -> Values? {
        guard option.value != nil else { return nil }
        switch option.kind {
        case .boolean: return .words(["true", "false"])
        case .word(let words): return .words(words)
        case .file, .inputFile: return .files
        case .folder, .existingFolder: return .folders
        case .text, .number, .checked, .checkedSecret, .secret, .connection: return .unknown
        }
    }

    private static func operands(of command: Command) -> Values? {
        switch command.operands {
        case "FILE", "[DOCUMENT…]", "OLD [NEW]": .files
        case "SHELL": .words(Shell.allCases.map(\.rawValue))
        case "": nil
        default: .unknown
        }
    }

    // MARK: bash

    private static var bash: String {
        var text = """
            # Made by `customeros-api completions bash`.
            _customeros_api() {
                local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} first=${COMP_WORDS[1]} second= command words=
                COMPREPLY=()
                if ((COMP_CWORD == 1)); then
                    COMPREPLY=($(compgen -W "\((firstWords.map(\.word) + ["--help", "--version"]).joined(separator: " "))" -- "$current"))
                    return
                fi
                case $first in

            """
        for group in groups {
            text += "        \(group.word)) words=\"\(group.commands.compactMap(\.words.last).joined(separator: " "))\" ;;\n"
        }
        text += """
                esac
                command=$first
                if [[ -n $words ]]; then
                    if ((COMP_CWORD == 2)) && [[ $current != -* ]]; then
                        COMPREPLY=($(compgen -W "$words" -- "$current"))
                        return
                    fi
                    second=${COMP_WORDS[2]}
                    if [[ " $words " == *" $second "* ]]; then command="$first $second"; fi
                fi
                case "$command:$previous" in

            """
        for command in commands {
            for option in command.options {
                guard let values = values(of: option) else { continue }
                text += "        \"\(command.name):--\(option.name)\") \(bashReply(values)); return ;;\n"
            }
        }
        text += "    esac\n    case $command in\n"
        for command in commands {
            let options = command.options.map { "--\($0.name)" }.joined(separator: " ")
            text += "        \"\(command.name)\")\n            if [[ $current == -* ]]; then\n"
            text += "                COMPREPLY=($(compgen -W \"\(options)\" -- \"$current\"))\n"
            if let operands = operands(of: command) { text += "            else\n                \(bashReply(operands))\n" }
            text += "            fi ;;\n"
        }
        return text + "    esac\n}\ncomplete -F _customeros_api customeros-api\n"
    }

    private static func bashReply(_ values: Values) -> String {
        switch values {
        case .words(let words): "COMPREPLY=($(compgen -W \"\(words.joined(separator: " "))\" -- \"$current\"))"
        case .files: "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$current\")"
        case .folders: "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- \"$current\")"
        case .unknown: ":"
        }
    }

    // MARK: zsh

    private static var zsh: String {
        var text = """
            #compdef customeros-api
            # Made by `customeros-api completions zsh`.
            _customeros_api() {
                local command=$words[2] previous=$words[CURRENT-1]
                local -a found
                if (( CURRENT == 2 )); then
                    found=(\(zshWords(firstWords.map { ($0.word, $0.summary) })))
                    _describe command found
                    return
                fi
                case $command in

            """
        for group in groups {
            let second = group.commands.compactMap { command in command.words.last.map { ($0, command.summary) } }
            let names = second.map(\.0).joined(separator: "|")
            text += """
                        \(group.word))
                            if (( CURRENT == 3 )) && [[ $words[3] != -* ]]; then
                                found=(\(zshWords(second)))
                                _describe command found
                                return
                            fi
                            [[ $words[3] == (\(names)) ]] && command+=" $words[3]" ;;

                """
        }
        text += "    esac\n    case \"$command:$previous\" in\n"
        for command in commands {
            for option in command.options {
                guard let values = values(of: option) else { continue }
                text += "        \"\(command.name):--\(option.name)\") \(zshReply(values)); return ;;\n"
            }
        }
        text += "    esac\n    case $command in\n"
        for command in commands {
            let options = zshWords(command.options.map { ("--\($0.name)", $0.help) })
            text += "        \"\(command.name)\")\n            if [[ $words[CURRENT] == -* ]]; then\n"
            text += "                found=(\(options))\n                _describe -o option found\n"
            if let operands = operands(of: command) { text += "            else\n                \(zshReply(operands))\n" }
            text += "            fi ;;\n"
        }
        return text + "    esac\n}\ncompdef _customeros_api customeros-api\n"
    }

    private static func zshWords(_ words: [(word: String, summary: String)]) -> String {
        words.map { "'\($0.word):\($0.summary.replacing("\\", with: "\\\\").replacing("'", with: "'\\''"))'" }.joined(separator: " ")
    }

    private static func zshReply(_ values: Values) -> String {
        switch values {
        case .words(let words): "compadd -- \(words.joined(separator: " "))"
        case .files: "_files"
        case .folders: "_files -/"
        case .unknown: "true"
        }
    }

    // MARK: fish

    private static var fish: String {
        var text = """
            # Made by `customeros-api completions fish`.
            function __customeros_api_is
                set -l words (commandline -opc)
                set -l end (math 1 + (count (string split ' ' -- $argv[1])))
                test (count $words) -ge $end; or return 1
                test (string join ' ' -- $words[2..$end]) = "$argv[1]"; or return 1
                # A command that others begin with is meant only where none of them is.
                not contains -- "$words[3]" $argv[2..-1]
            end
            complete -c customeros-api -f

            """
        for first in firstWords {
            text +=
                "complete -c customeros-api -n 'test (count (commandline -opc)) -eq 1' -a \(first.word) -d \(fishQuoted(first.summary))\n"
        }
        for group in groups {
            for command in group.commands {
                text += "complete -c customeros-api -n 'test (count (commandline -opc)) -eq 2; and __customeros_api_is \(group.word)' "
                text += "-a \(command.words.last ?? "") -d \(fishQuoted(command.summary))\n"
            }
        }
        for command in commands {
            let deeper = commands.filter { $0.name.hasPrefix(command.name + " ") }.compactMap(\.words.last)
            let condition = "-n '__customeros_api_is \"\(command.name)\"\(deeper.map { " \($0)" }.joined())'"
            for option in command.options {
                text += "complete -c customeros-api \(condition) -l \(option.name)\(values(of: option).map(fishValues) ?? "")"
                text += " -d \(fishQuoted(option.help))\n"
            }
            switch operands(of: command) {
            case .words(let words): text += "complete -c customeros-api \(condition) -a '\(words.joined(separator: " "))'\n"
            case .files: text += "complete -c customeros-api \(condition) -F\n"
            case .folders, .unknown, nil: break
            }
        }
        return text
    }

    private static func fishValues(_ values: Values) -> String {
        switch values {
        case .words(let words): " -x -a '\(words.joined(separator: " "))'"
        case .files: " -r -F"
        case .folders: " -x -a '(__fish_complete_directories)'"
        case .unknown: " -x"
        }
    }

    private static func fishQuoted(_ text: String) -> String {
        "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
    }
}
