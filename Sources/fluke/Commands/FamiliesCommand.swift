import ArgumentParser
import Backtesting

/// What can be swept.
struct FamiliesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "families",
    abstract: "List the families of strategies, with their parameters and the features of linear.",
    discussion: "Example:\n  fluke families")

  func run() throws {
    try Console.write(Self.lines)
  }

  /// A family with what it does, then a line a parameter: its option, its default and its meaning with the unit.
  static var lines: [String] {
    let axes = Family.allCases.flatMap(\.axes)
    let names = axes.map(\.name.count).max() ?? 0
    let values = axes.map(\.defaultValues.count).max() ?? 0
    var lines = [
      "Each parameter takes a value, a list a,b,c or a range from:to:step. Shown are the values that are tried where "
        + "none are given."
    ]
    for family in Family.allCases {
      lines += ["", family.rawValue.padded(to: 12) + family.summary]
      lines += family.axes.map { axis in
        "  --\(axis.name.padded(to: names + 2))\(axis.defaultValues.padded(to: values + 2))\(axis.meaning)"
      }
    }
    return lines + ["", "Features of linear, which --weights may use under these names:"]
      + Feature.linearDefaults.map { "  " + $0.name }
  }
}
