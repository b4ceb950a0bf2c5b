import ArgumentParser
import Backtesting

/// What can be swept.
struct FamiliesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "families", abstract: "List the families, their parameters and the features of linear.",
    discussion: "Example:\n  fluke families")

  func run() throws {
    for family in Family.allCases {
      let axes = RuleFamily(family)?.axes ?? []
      let parameters = axes.map { "--\($0.name) \($0.defaultValues)" }.joined(separator: " ")
      try Console.write([family.rawValue + (parameters.isEmpty ? "" : "  \(parameters)")])
    }
    try Console.write(["", "features of linear"] + Feature.linearDefaults.map { "  " + $0.name })
  }
}
