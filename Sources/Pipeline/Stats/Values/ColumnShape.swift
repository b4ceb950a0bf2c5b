import Statistics

/// What the numbers of one column look like, from one pass.
struct ColumnShape {
  private(set) var count = 0
  private(set) var first = Double.nan
  private(set) var lowest = Double.infinity
  private(set) var highest = -Double.infinity
  private(set) var negatives = 0
  private(set) var nonZero = 0
  private(set) var aboveHalf = 0
  private(set) var beyondOne = 0
  private(set) var beyondFifty = 0
  /// Whether all numbers are -1, 0 or 1.
  private(set) var isOfUnits = true
  private(set) var largestStep = 0.0
  private var last = Double.nan
  private var stepSquares = 0.0
  /// Sums of differences from the first number, which cancel less than those of the numbers.
  private var sum = 0.0
  private var squares = 0.0

  mutating func append(_ value: Double) {
    if count == 0 {
      first = value
    } else {
      let step = value - last
      stepSquares += step * step
      largestStep = max(largestStep, abs(step))
      let shifted = value - first
      sum += shifted
      squares += shifted * shifted
    }
    last = value
    count += 1
    lowest = min(lowest, value)
    highest = max(highest, value)
    let size = abs(value)
    if value < 0 { negatives += 1 }
    if size > 0 { nonZero += 1 }
    if value > 0.5 { aboveHalf += 1 }
    if size > 1 { beyondOne += 1 }
    if size > 50 { beyondFifty += 1 }
    if size != 0, size != 1 { isOfUnits = false }
  }

  init() {}

  /// The shape of one column, NaN left out.
  init(_ numbers: [Double]) {
    for number in numbers where !number.isNaN { append(number) }
  }

  /// The shapes of all columns, NaN left out.
  static func all(_ matrix: ReturnMatrix) -> [ColumnShape] {
    var shapes = Array(repeating: ColumnShape(), count: matrix.strategies)
    let width = matrix.strategies
    for bar in 0..<matrix.bars {
      for column in 0..<width {
        let value = matrix.values[bar * width + column]
        if !value.isNaN { shapes[column].append(value) }
      }
    }
    return shapes
  }

  var varies: Bool { highest > lowest }

  /// The largest size.
  var largest: Double { max(abs(lowest), abs(highest)) }

  var mean: Double { first + sum / Double(max(count, 1)) }

  /// Sum of squares about the mean.
  private var deviationSquares: Double { max(0, squares - sum * sum / Double(max(count, 1))) }

  var deviation: Double { (deviationSquares / Double(max(count, 1))).squareRoot() }

  /// The root of the mean square of the steps.
  var step: Double { (stepSquares / Double(max(count - 1, 1))).squareRoot() }

  /// Whether so many numbers lie beyond ±1 that they are percent rather than fractions: 1 in 100, and two at least.
  var isPercent: Bool { beyondOne >= 2 && beyondOne * 100 >= count }

  /// Squared steps over squared deviations (von Neumann 1941): 2 for numbers that have nothing to do with one another,
  /// about 6 / n for n values of a random walk.
  var roughness: Double { stepSquares / deviationSquares }
}
