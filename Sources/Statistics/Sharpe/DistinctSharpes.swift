/// The trials that have a say in how far Sharpe ratios differ: each that is defined, copies of it left out.
///
/// A copy of a strategy, leveraged or not, is one more trial but no other one: a thousand copies near the mean would make
/// the variance across trials small, faster than their number makes the best of so many large.
///
/// Formula: of the ratios in order, one that is above the first of its run by up to 2⁻⁴⁰ of it belongs to that run; of each
/// run the first by number stands. Strategies that differ never agree so far; copies differ by rounding.
public struct DistinctSharpes: Equatable, Sendable {
  /// The numbers of these trials, ascending.
  public let numbers: [Int]
  /// Trials that are copies of these.
  public let copies: Int

  /// - Parameters:
  ///   - sharpesPerBar: by number; NaN where undefined.
  ///   - candidates: the numbers that count at all, ascending; `nil` for all.
  public init(_ sharpesPerBar: [Double], among candidates: [Int]? = nil) {
    let defined =
      candidates?.filter { !sharpesPerBar[$0].isNaN }
      ?? sharpesPerBar.indices.filter { !sharpesPerBar[$0].isNaN }
    var firsts: [Double] = []
    for sharpe in defined.map({ sharpesPerBar[$0] }).sorted() {
      if let first = firsts.last, Self.areCopies(first, sharpe) { continue }
      firsts.append(sharpe)
    }
    copies = defined.count - firsts.count
    guard copies > 0 else {
      numbers = defined
      return
    }
    var stands = Array(repeating: false, count: firsts.count)
    var numbers: [Int] = []
    for number in defined {
      let run = Self.run(of: sharpesPerBar[number], firsts)
      if !stands[run] { numbers.append(number) }
      stands[run] = true
    }
    self.numbers = numbers
  }

  /// The variance (n - 1) of these of the Sharpe ratios by number: V.
  ///
  /// Edge cases: NaN with fewer than two trials; 0 where all are copies of one.
  public func variance(of sharpesPerBar: [Double]) -> Double {
    numbers.count == 1 && copies > 0 ? 0 : ReturnMoments(numbers.map { sharpesPerBar[$0] }).variance
  }

  /// Whether two Sharpe ratios, the lower first, are those of copies.
  public static func areCopies(_ lower: Double, _ higher: Double) -> Bool {
    higher - lower <= lower.magnitude * SplitTies.part
  }

  /// The last of `firsts`, which ascend, that is not above `sharpe`.
  private static func run(of sharpe: Double, _ firsts: [Double]) -> Int {
    var (low, high) = (0, firsts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if firsts[middle] <= sharpe { low = middle } else { high = middle }
    }
    return low
  }
}
