import ArgumentParser

/// The benchmarks of Fluke.
@main
struct Suite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suite", abstract: "Measures Fluke, and makes tables of what was measured.",
    subcommands: [RunCommand.self, TablesCommand.self, EventsCommand.self])
}
