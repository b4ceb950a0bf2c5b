/// The values of one parameter of a grid, written `from:to`, `from:to:step`, `a,b,c` or as one number.
public struct ParameterValues: Equatable, Sendable {
  /// A grid's axis has no more values than this: beyond it a typing error is likelier than a wish.
  public static let mostValues = 100_000

  /// In the order written; ranges include both ends (the upper one where the steps meet it).
  public let values: [Double]

  public init(_ values: [Double]) {
    self.values = values
  }

  /// Reads `text`, which was given for the parameter `name`.
  ///
  /// - Parameter isWhole: whether the parameter's values are whole in any case, so that a step of 1 needs no word.
  /// - Throws: ``StrategyError/badValues(parameter:text:needed:)``, ``StrategyError/noStep(parameter:text:step:)``.
  public init(parsing text: String, parameter name: String, isWhole: Bool = false) throws(StrategyError) {
    func fail(_ needed: String) -> StrategyError { .badValues(parameter: name, text: text, needed: needed) }
    func number(_ part: Substring) throws(StrategyError) -> Double {
      guard let value = Double(part), value.isFinite else {
        throw fail("a number, a list a,b,c or a range from:to[:step]")
      }
      return value
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 1 {
      var values: [Double] = []
      for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        values.append(try number(part))
      }
      guard Set(values).count == values.count else { throw fail("values that are not repeated") }
      self.values = values
      return
    }
    guard parts.count <= 3 else { throw fail("a range from:to[:step]") }
    let from = try number(parts[0])
    let to = try number(parts[1])
    let step = parts.count == 3 ? try number(parts[2]) : 1
    guard step > 0 else { throw fail("a step above 0") }
    guard from <= to else { throw fail("a range whose end is not below its start") }
    guard parts.count == 3 || isWhole || from == from.rounded() && to == to.rounded() else {
      throw .noStep(parameter: name, text: text, step: Self.step(from: from, to: to, as: parts))
    }
    // Half a millionth of a step forgives decimal steps that do not exist in binary, such as 0.1.
    let steps = ((to - from) / step + 5e-7).rounded(.down)
    guard steps < Double(Self.mostValues) else { throw fail("at most \(Self.mostValues) values") }
    let scale = Self.decimalScale(of: parts)
    self.values = (0...Int(steps)).map { Self.nearestDecimal(from + Double($0) * step, scale: scale) }
  }

  /// A round step with which a range has some twenty values at most, as a person would write it.
  private static func step(from: Double, to: Double, as parts: [Substring]) -> String {
    let scale = decimalScale(of: parts)
    guard from < to else { return "1" }
    guard scale > 1 else { return short((to - from) / 10) }
    var (step, factors) = (1.0, [2, 2.5, 2])
    while (to - from) * scale / step > 20.5 {
      step *= factors[0]
      factors.append(factors.removeFirst())
    }
    return short(step / scale)
  }

  /// The power of ten that makes a whole number of every part of a range; 0 where they are not written as decimals.
  private static func decimalScale(of parts: [Substring]) -> Double {
    var decimals = 0
    for part in parts {
      guard part.allSatisfy({ $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }) else { return 0 }
      decimals = max(decimals, part.split(separator: ".", maxSplits: 1).dropFirst().first?.count ?? 0)
    }
    // Up to here powers of ten are exact, and so are the whole numbers that sensible values make of them.
    return decimals <= 15 ? (0..<decimals).reduce(1) { power, _ in power * 10 } : 0
  }

  /// The number that a person would write for `value`: three steps of 0.1 are 0.3, which three times the binary number
  /// next to 0.1 is not.
  private static func nearestDecimal(_ value: Double, scale: Double) -> Double {
    // Adding 0 takes the sign off a zero.
    let whole = (value * scale).rounded() + 0
    return scale > 1 && abs(whole) < 0x1p53 ? whole / scale : value
  }
}
