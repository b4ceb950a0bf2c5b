import Backtesting

/// What can be wrong with options once they have been read.
public enum ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A value is outside of its range.
  case outOfRange(option: String, found: String, needed: String)
  /// A name that nothing has.
  case unknownName(option: String, found: String, known: [String])
  /// An option that makes no sense with the others.
  case notTogether(option: String, with: String, remedy: String)
  /// Fewer bars than the job needs.
  case tooFewBars(found: Int, needed: Int, reason: String, remedy: String)
  /// The steps of the bars fit no rule that gives bars a year; the middle one is `steps`.
  case noYear(option: String, steps: String)
  /// A store has no record of an earlier stage, or one that no longer holds.
  case stale(key: String, reason: String, stage: String)
  /// A file of returns in which no strategy has a return on every bar.
  case noReturns(file: String, strategies: Int, bars: Int)
  /// A benchmark without a return on some bar, counted from 1.
  case undefinedBenchmark(name: String, bar: Int)
  /// No strategy has trades enough to be chosen.
  case noCandidate(strategies: Int, mostTrades: Int, minimumTrades: Int)
  /// No strategy of a file ever has a return other than 0.
  case neverTraded(file: String, strategies: Int, bars: Int)
  /// A store holds the beginning of something else, or what no longer can be continued.
  case inTheWay(key: String, found: String, needed: String, remedy: String)

  public var description: String {
    switch self {
    case .outOfRange(let option, let found, let needed):
      return "--\(option): found \(found), expected \(needed); change the value"
    case .unknownName(let option, let found, let known):
      let nearest = Self.nearest(to: found, in: known) ?? ""
      return "--\(option): \"\(found)\" is not known, the nearest is \"\(nearest)\"; "
        + "choose one of \(known.joined(separator: ", "))"
    case .notTogether(let option, let with, let remedy):
      return "--\(option): makes no sense with \(with); \(remedy)"
    case .tooFewBars(let found, let needed, let reason, let remedy):
      return "bars: found \(found), expected at least \(needed) \(reason); \(remedy)"
    case .noYear(let option, let steps):
      return
        "bars a year: found steps of every length (in the middle \(steps)) over too short a time, expected a spacing or "
        + "weeks of bars; give the number with --\(option)"
    case .stale(let key, let reason, let stage):
      return "\(key): \(reason), expected what `fluke \(stage)` makes; run that first"
    case .noReturns(let file, let strategies, let bars):
      return
        "\(file): none of \(strategies) strategies has a return on each of \(bars) bars, expected one at least; "
        + "fill the gaps or remove the rows"
    case .undefinedBenchmark(let name, let bar):
      return
        "benchmark \(name): bar \(bar) has no return, expected one on every bar; fill the gap or remove the row"
    case .inTheWay(let key, let found, let needed, let remedy):
      return "\(key): found \(found), expected \(needed); \(remedy)"
    case .noCandidate(let strategies, 0, _):
      return
        "selection: \(strategies == 1 ? "the one strategy never" : "none of \(strategies) strategies") trades in training, "
        + "expected one at least; "
        + "widen the ranges, lower the level that enters, or give more bars"
    case .neverTraded(let file, let strategies, let bars):
      return
        "\(file): the returns of all \(strategies) strategies are 0 on each of \(bars) bars, expected one at least that "
        + "trades; give the returns of strategies that do"
    case .noCandidate(let strategies, let mostTrades, let minimumTrades):
      let busiest = strategies == 1 ? "the one strategy" : "the busiest of \(strategies) strategies"
      let found = "selection: \(busiest) makes \(Figures.count(mostTrades, "trade", "trades")), "
      return found + "expected at least \(minimumTrades); "
        + "pass --minimum-trades \(mostTrades) or less, or change the strategies"
    }
  }

  /// The known name that begins with `name`, or else contains it, or else takes the fewest changes of a letter to reach.
  public static func nearest(to name: String, in known: [String]) -> String? {
    func remoteness(_ candidate: String) -> (Int, Int) {
      let isPart = !name.isEmpty && candidate.contains(name)
      return (isPart ? (candidate.hasPrefix(name) ? 0 : 1) : 2, distance(name, candidate))
    }
    return known.min { remoteness($0) < remoteness($1) }
  }

  /// Letters to insert, delete or replace (Levenshtein 1966).
  private static func distance(_ first: String, _ second: String) -> Int {
    let columns = Array(second)
    var row = Array(0...columns.count)
    for (i, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in columns.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (letter == other ? 0 : 1))
        diagonal = above
      }
    }
    return row[columns.count]
  }
}
