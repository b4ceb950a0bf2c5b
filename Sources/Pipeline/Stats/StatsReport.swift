import Artifacts
import Backtesting
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
  /// What was recognised, used and left out.
  public let input: StatsInput
  /// How the number of periods a year is known.
  public let yearSource: YearSource
  /// The rule by which the file's times give it.
  let yearRule: YearRule?
  /// How the file's times were read.
  let times: TimesReport?
  /// What the best strategy earned; `nil` of profits in money, of which nobody knows what they are a part of.
  let held: HeldReturns?
  /// The statistics.
  public let overfitting: OverfittingReport
  /// From which figures convince.
  let bounds: DetectionOptions
  /// Whether the best strategy shows skill.
  public let verdict: Verdict
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
      "Fluke stats: \(file), \(Figures.count(bars, "bar", "bars")) of "
        + Figures.count(strategies, "strategy", "strategies"), "",
      Figures.entry("winner", "\(overfitting.winner), best by Sharpe ratio of \(comparedWords)"),
      Figures.entry(
        "",
        "Sharpe ratio \(Figures.decimals(overfitting.sharpe.annualizedBeforeBenchmark, 3))\(heldWords)"),
      verdict.headline,
      Figures.entry(
        "a year", "\(Figures.rounded(overfitting.periodsPerYear)) bars, \(yearWords)"),
    ]
    if let times, !times.isPlain || times.isNewestFirst {
      lines.append(Figures.entry("times", times.words))
    }
    lines += input.lines + sharpeLines
    lines += [""] + overfitting.table(bounds) + [""]
    lines += verdict.lines
    lines += ["", Figures.entry("artifacts", directory)]
    return lines
  }

  /// What is as good as never seen of returns.
  private var sharpeLines: [String] {
    guard overfitting.sharpe.annualizedBeforeBenchmark > Self.highestSharpe else { return [] }
    return [
      Figures.entry(
        "check",
        "returns of a bar hardly ever have a Sharpe ratio above \(Figures.short(Self.highestSharpe)) a year: see what the "
          + "numbers are, such as --values equity for the value of an account")
    ]
  }

  private static let highestSharpe = 10.0

  private var heldWords: String {
    guard let held else {
      return "; growth and drawdown are undefined for profits in money without --capital"
    }
    return " and growth \(Figures.percent(held.annualGrowth)) a year (compounded), maximum drawdown "
      + Figures.percent(held.maximumDrawdown)
  }

  private var yearWords: String {
    switch yearSource {
    case .given: "as given"
    case .timestamps:
      "by the times in the file" + (yearRule.map { ": \($0.words(option: "periods-per-year"))" } ?? "")
    case .assumed:
      "assumed, as \(times == nil ? "the file has no times" : "one bar has no distance"); say --periods-per-year"
    }
  }

  /// How many the best was compared with, and how many luck had a go at.
  private var comparedWords: String {
    strategies == overfitting.trials
      ? "\(Figures.count(strategies)) tried"
      : "\(Figures.count(strategies)) compared; \(Figures.count(overfitting.trials)) tried"
  }
}
