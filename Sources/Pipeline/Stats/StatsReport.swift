import Artifacts
import Statistics

/// What the statistics say about returns that were made elsewhere.
public struct StatsReport: Sendable {
  /// How the number of periods a year is known.
  public enum YearSource: String, Sendable {
    case given
    case timestamps
    case assumed
  }

  /// The name of the file.
  public let file: String
  /// The bars that were used.
  public let bars: Int
  /// The strategies that were used.
  public let strategies: Int
  /// Bars at the beginning without any return, which were left out.
  public let emptyBars: Int
  /// The names of strategies that were left out, because a return of theirs is undefined.
  public let undefinedStrategies: [String]
  /// Strategies whose returns are those of an earlier one.
  public let copies: Int
  /// How the number of periods a year is known.
  public let yearSource: YearSource
  /// The statistics.
  public let overfitting: OverfittingReport
  /// Why the best strategy counts as overfitted.
  public let reasons: [String]
  /// `results/overfitting.json`.
  let json: JSONValue
}

extension StatsReport {
  /// The JSON document as bytes.
  public func document() throws -> [UInt8] { try JSONDocument.encode(json) }

  /// The table for a terminal, a line an entry.
  ///
  /// - Parameter directory: where the artifacts are.
  public func text(directory: String) -> [String] {
    var lines = [
      "Fluke stats: \(file), \(Figures.count(bars)) bars of \(Figures.count(strategies)) "
        + (strategies == 1 ? "strategy" : "strategies"), "",
      Figures.entry(
        "best", "\(overfitting.winner), by Sharpe ratio, of \(Figures.count(overfitting.trials)) tried"),
      Figures.entry(
        "a year", "\(Figures.short(overfitting.periodsPerYear)) bars, \(yearWords)"),
    ]
    if emptyBars > 0 {
      lines.append(
        Figures.entry(
          "left out",
          "\(Figures.count(emptyBars)) \(emptyBars == 1 ? "bar" : "bars") at the beginning without any return"
        ))
    }
    if !undefinedStrategies.isEmpty {
      let count = undefinedStrategies.count
      lines.append(
        Figures.entry(
          "left out",
          "\(Figures.count(count)) \(count == 1 ? "strategy" : "strategies") with undefined returns, which count as "
            + "tried: " + Self.listed(undefinedStrategies)))
    }
    if copies > 0 {
      lines.append(
        Figures.entry(
          "copies",
          "\(Figures.count(copies)) \(copies == 1 ? "strategy has" : "strategies have") "
            + "the returns of an earlier one"))
    }
    lines += [""] + overfitting.table + [""]
    lines.append(Figures.entry("overfitting", OverfittingFigures(overfitting).verdict(reasons: reasons)))
    lines += reasons.map { Figures.entry("", $0) }
    lines.append(Figures.entry("artifacts", directory))
    return lines
  }

  private var yearWords: String {
    switch yearSource {
    case .given: "as given"
    case .timestamps: "by the times in the file"
    case .assumed: "assumed, as the file has no times; say --periods-per-year"
    }
  }

  private static func listed(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
  }
}
