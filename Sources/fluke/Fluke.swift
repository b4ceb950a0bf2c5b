import ArgumentParser
import Pipeline

/// The program.
@main
struct Fluke: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fluke",
    abstract: "Backtests very many trading strategies at once and says how much of the winner is luck.",
    discussion: """
      Example:
        fluke sweep
        fluke sweep --family sma-cross --fast 2:60 --slow 10:250:2 --fee-bps 10
      """,
    version: Workplace.version,
    subcommands: [
      SweepCommand.self, GenerateCommand.self, BacktestCommand.self, SelectCommand.self,
      MeasureCommand.self, ValidateCommand.self, VisualizeCommand.self, UploadCommand.self,
      MergeCommand.self, TrialsCommand.self, StatsCommand.self, BenchCommand.self, DataCommand.self,
      FamiliesCommand.self,
    ])

  static func main() {
    _ = Console.interruption
    let arguments = UsageText.joiningNegativeNumbers(Array(CommandLine.arguments.dropFirst()))
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch {
      fail(error, arguments: arguments)
    }
  }

  /// One line on standard error and the exit status of `error`; help and versions go to standard output.
  private static func fail(_ error: any Error, arguments: [String]) -> Never {
    if let status = ExitStatus.of(error) {
      Console.note("fluke: \(error)")
      exit(withStatus: status)
    }
    let code = exitCode(for: error)
    guard code != .success else { exit(withError: error) }
    Console.note("fluke: " + usage(of: arguments).line(for: message(for: error)))
    exit(withStatus: code == .validationFailure ? ExitStatus.usage : ExitStatus.software)
  }

  /// What there is to say of the command that `arguments` name first.
  private static func usage(of arguments: [String]) -> UsageText {
    let name = arguments.first { !$0.hasPrefix("-") } ?? ""
    for command in configuration.subcommands where command.configuration.commandName == name {
      return UsageText(
        command: "fluke \(name)", help: helpMessage(for: command, columns: .max), unknownCommand: nil)
    }
    return UsageText(
      command: "fluke", help: helpMessage(columns: .max),
      unknownCommand: name.isEmpty
        ? nil : (name, configuration.subcommands.compactMap { $0.configuration.commandName }))
  }

  private static func exit(withStatus status: Int32) -> Never {
    exit(withError: ExitCode(status))
  }
}
