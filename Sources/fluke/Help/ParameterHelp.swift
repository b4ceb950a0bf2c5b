import ArgumentParser
import Backtesting

extension ArgumentHelp {
  /// What a parameter means to each family that has it, as the families themselves say.
  static func parameter(_ name: String) -> ArgumentHelp {
    var meanings: [(families: [String], meaning: String)] = []
    for family in Family.allCases {
      for axis in family.axes where axis.name == name {
        if let index = meanings.firstIndex(where: { $0.meaning == axis.meaning }) {
          meanings[index].families.append(family.rawValue)
        } else {
          meanings.append(([family.rawValue], axis.meaning))
        }
      }
    }
    let text = meanings.map { "\($0.families.joined(separator: ", ")): \($0.meaning)" }
    return ArgumentHelp("\(text.joined(separator: ". ")).", valueName: "values")
  }
}
