/// What can be wrong with the description of strategies.
public enum StrategyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text of an option is not a set of values.
  case badValues(parameter: String, text: String, needed: String)
  /// A range of numbers that are not whole, without the step between them.
  case noStep(parameter: String, text: String, step: String)
  /// A value is outside of what its parameter can be.
  case valueOutOfRange(parameter: String, value: Double, needed: String)
  /// No combination of the parameters makes a strategy.
  case emptyGrid(family: Family, reason: String)
  /// More combinations than the limit.
  case gridTooLarge(family: Family, count: Double, limit: Int)
  /// A parameter that the family does not have.
  case unknownParameter(String, family: Family, known: [String])
  /// A parameter of which the family takes one value only.
  case oneValueOnly(parameter: String, family: Family, found: Int)
  /// A weight is given for a feature that does not exist.
  case unknownFeature(String, nearest: String)
  /// Signals do not fit the bars.
  case signalLength(found: Int, needed: String)

  public var description: String {
    switch self {
    case .badValues(let parameter, let text, let needed):
      "--\(parameter): found \"\(text)\", expected \(needed); for example --\(parameter) 2:60 or --\(parameter) 5,10,20"
    case .noStep(let parameter, let text, let step):
      "--\(parameter): found \"\(text)\", a range of fractions without a step, expected from:to:step; "
        + "write --\(parameter) \(text):\(step)"
    case .valueOutOfRange(let parameter, let value, let needed):
      "--\(parameter): found \(short(value)), expected \(needed); change the value"
    case .emptyGrid(let family, let reason):
      "--family \(family.rawValue): no combination of the values makes a strategy, which needs \(reason); change the values"
    case .gridTooLarge(let family, let count, let limit):
      "--family \(family.rawValue): the grid has \(grouped(count)) strategies, expected at most "
        + "\(grouped(Double(limit))); take narrower ranges or larger steps"
    case .unknownParameter(let name, let family, let known):
      "--\(name) is not a parameter of --family \(family.rawValue), which has "
        + (known.isEmpty ? "none" : known.map { "--" + $0 }.joined(separator: ", ")) + "; remove it"
    case .oneValueOnly(let parameter, let family, let found):
      "--\(parameter): found \(found) values, expected one with --family \(family.rawValue); give one value"
    case .unknownFeature(let name, let nearest):
      "weights: \"\(name)\" is not a feature; the nearest is \"\(nearest)\", `fluke families` lists all"
    case .signalLength(let found, let needed):
      "signals: found \(found) a strategy, expected \(needed); give every bar a signal, 0 where there is none"
    }
  }
}

/// A number without a decimal part where it has none.
func short(_ value: Double) -> String {
  value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
}

/// A count with its thousands apart, as a person writes it.
private func grouped(_ count: Double) -> String {
  guard count < 1e18 else { return "\(count)" }
  var text = ""
  for (place, digit) in String(Int(count)).reversed().enumerated() {
    if place > 0 && place % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return String(text.reversed())
}
