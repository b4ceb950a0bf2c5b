import Artifacts

/// Cells that are numbers in another spelling: with a decimal comma, where commas do not separate, or with `%`.
///
/// A file keeps to one spelling, or cells that mean different numbers would look alike.
struct ReturnCells {
  /// Cells with a sign of percent so far.
  private(set) var percentages = 0
  /// Cells with a decimal comma so far.
  private(set) var commas = 0
  /// Percentages with a decimal point so far.
  private var points = 0
  /// The cell with a comma changed to a point.
  private var spelled: [UInt8] = []

  /// Whether none of the cells so far is in another spelling.
  var isEmpty: Bool { percentages == 0 && commas == 0 }

  /// The number that a cell spells in one of these ways, a percentage as a fraction; `nil` if it is none.
  mutating func value(_ scanner: borrowing DelimitedScanner, _ field: Int) -> Double? {
    let place = scanner.fields[field]
    var end = place.end
    while end > place.start, scanner.bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    let isPercentage = end > place.start && scanner.bytes[end - 1] == UInt8(ascii: "%")
    if isPercentage { end -= 1 }
    spelled.removeAll(keepingCapacity: true)
    var hasComma = false
    var hasPoint = false
    for index in place.start..<end {
      let byte = scanner.bytes[index]
      if byte == UInt8(ascii: ",") {
        if hasComma { return nil }
        hasComma = true
        spelled.append(UInt8(ascii: "."))
      } else {
        if byte == UInt8(ascii: ".") { hasPoint = true }
        spelled.append(byte)
      }
    }
    guard isPercentage || hasComma, !(hasPoint || points > 0) || !(hasComma || commas > 0),
      let number = DecimalNumber.parse(spelled.span), number.isFinite
    else {
      return nil
    }
    if isPercentage { percentages += 1 }
    if hasComma { commas += 1 }
    if hasPoint { points += 1 }
    return isPercentage ? number / 100 : number
  }
}
