/// A column of returns as long as it could number its rows instead: whole numbers in order.
struct CountingColumn {
  /// Beyond it, an `Int` does not hold every number; nanoseconds since 1970 stay below.
  static let bound = 9e18
  /// Whether all numbers so far are whole.
  private(set) var isCounting = true
  /// Whether each number is above the last one.
  private(set) var rises = true
  /// Whether each number is below the last one.
  private(set) var falls = true
  /// Whether each number is 1 above the last one, or each 1 below.
  private(set) var stepsByOne = true
  private var last: Double?
  private var step: Double?

  mutating func append(_ number: Double?) {
    guard let number, number == number.rounded(), abs(number) < Self.bound else {
      stop()
      return
    }
    if let last {
      let found = number - last
      if found <= 0 { rises = false }
      if found >= 0 { falls = false }
      if abs(found) != 1 || step.map({ $0 != found }) ?? false { stepsByOne = false }
      step = found
    }
    last = number
  }

  mutating func stop() {
    isCounting = false
    rises = false
    falls = false
    stepsByOne = false
  }
}
