import Backtesting
import Pipeline

/// What is allowed and still likely to be a slip: told on standard error, not refused.
enum Notes {
  /// A fee below this, in basis points, is a hundredth of the least that any venue takes.
  private static let leastBasisPoints = 0.01
  /// A mean return of a bar above this would make anybody rich within weeks.
  private static let largestEdge = 0.01
  /// The figures of fewer bars say next to nothing.
  static let fewestBars = 30

  /// A line for each number that may have been meant in another unit.
  static func of(_ configuration: Configuration) -> [String] {
    let backtest = configuration.backtest
    var notes: [String] = []
    for (option, points) in [
      ("fee-bps", backtest.feeBasisPoints), ("slippage-bps", backtest.slippageBasisPoints),
    ] where points > 0 && points < leastBasisPoints {
      notes.append(
        "--\(option) \(Figures.short(points)) is \(percent(points / 10_000)) of each purchase and sale; 0.1 % is 10"
      )
    }
    let strategies = configuration.strategies
    // Up to what is refused.
    for (option, text, what, most) in [
      ("take-profit", strategies.takeProfit, "a profit", 1e6),
      ("threshold", strategies.parameters["threshold"], "a rise", 10),
    ] {
      let values = text.flatMap { try? ParameterValues(parsing: $0, parameter: option).values } ?? []
      guard let largest = values.max(), largest > 1, largest <= most else { continue }
      notes.append("--\(option) \(Figures.short(largest)) is \(what) of \(percent(largest)); 10 % is 0.1")
    }
    if abs(configuration.data.edge) > largestEdge {
      notes.append(
        "--edge \(Figures.short(configuration.data.edge)) is \(percent(configuration.data.edge)) a bar; 0.1 % is 0.001"
      )
    }
    return notes
  }

  /// A line where few bars are left for validation.
  static func ofValidation(bars: Int?) -> [String] {
    guard let bars, bars < fewestBars else { return [] }
    return [
      "validation has \(Figures.count(bars, "bar", "bars")), whose figures say next to nothing; a lower --train leaves more"
    ]
  }

  /// A fraction as percent, to nine significant places.
  private static func percent(_ fraction: Double) -> String {
    let hundredfold = fraction * 100
    let text = hundredfold >= 1_000 ? Figures.count(Int(hundredfold.rounded())) : decimal(hundredfold)
    return text + " %"
  }

  /// `value` without an exponent.
  private static func decimal(_ value: Double) -> String {
    for digits in 0...9 where abs(value) * power(digits) > 0.5 {
      let text = Figures.decimals(value, digits + 3)
      let trimmed = text.contains(".") ? String(text.reversed().drop { $0 == "0" }.reversed()) : text
      return trimmed.hasSuffix(".") ? String(trimmed.dropLast()) : trimmed
    }
    return "\(value)"
  }

  private static func power(_ digits: Int) -> Double { (0..<digits).reduce(1) { power, _ in power * 10 } }
}

extension WorkArguments {
  /// Writes notes, unless it is to be quiet.
  func tell(_ notes: [String]) {
    guard !quiet else { return }
    for note in notes { Console.note("fluke: note: \(note)") }
  }
}
