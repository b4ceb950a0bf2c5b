/// What can be wrong with the description of a synthetic market.
public enum SyntheticMarketError: Error, Equatable, Sendable {
  case unknownModel(found: String, known: [String])
  case unknownParameter(model: String, found: String, known: [String])
  case badValue(parameter: String, found: String, range: ClosedRange<Double>)
  case notStationary(persistence: Double)
  case badCount(found: Int, range: ClosedRange<Int>)
  case priceOutOfRange(bar: Int, count: Int, range: ClosedRange<Double>)
  case sourceTooShort(bars: Int, needed: Int)
}

extension SyntheticMarketError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownModel(let found, let known):
      "synthetic market: there is no model \"\(found)\", expected one of \(known.joined(separator: ", ")); "
        + "correct the name"
    case .unknownParameter(let model, let found, let known):
      "synthetic market: \(model) has no parameter \"\(found)\", expected one of "
        + "\(known.joined(separator: ", ")); write \(model):\(known[0])=VALUE"
    case .badValue(let parameter, let found, let range):
      "synthetic market: \(parameter) is \"\(found)\", expected a number from \(range.lowerBound) to "
        + "\(range.upperBound); correct the value"
    case .notStationary(let persistence):
      "synthetic market: alpha + beta is \(persistence), expected less than 1, or the variance has no long run; "
        + "lower one of them"
    case .badCount(let found, let range):
      "synthetic market: \(found) bars were asked for, expected \(range.lowerBound) to \(range.upperBound); "
        + "change the number of bars"
    case .priceOutOfRange(let bar, let count, let range):
      "synthetic market: the price is outside of \(range.lowerBound) to \(range.upperBound) at bar \(bar) of \(count); "
        + "lower the volatility, the drift or the number of bars"
    case .sourceTooShort(let bars, let needed):
      "synthetic market: the market to resample has \(bars) bars, expected at least \(needed); name a longer one"
    }
  }
}
