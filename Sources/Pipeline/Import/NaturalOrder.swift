/// The order in which people list names with numbers: `strategy_2` before `strategy_10`.
public enum NaturalOrder {
  /// Whether `left` comes before `right`: runs of digits compare by value, everything else by UTF-8 byte;
  /// names that are equal so far (`a1`, `a01`) compare byte by byte, so that the order is total.
  public static func isLess(_ left: String, _ right: String) -> Bool {
    let first = Array(left.utf8)
    let second = Array(right.utf8)
    var i = 0
    var j = 0
    while i < first.count, j < second.count {
      let leftRun = digits(first, from: i)
      let rightRun = digits(second, from: j)
      if leftRun > i, rightRun > j {
        // Without leading zeros the longer run is the larger number.
        let leftDigits = first[i..<leftRun].drop { $0 == UInt8(ascii: "0") }
        let rightDigits = second[j..<rightRun].drop { $0 == UInt8(ascii: "0") }
        if leftDigits.count != rightDigits.count { return leftDigits.count < rightDigits.count }
        if !leftDigits.elementsEqual(rightDigits) { return leftDigits.lexicographicallyPrecedes(rightDigits) }
        i = leftRun
        j = rightRun
      } else if first[i] != second[j] {
        return first[i] < second[j]
      } else {
        i += 1
        j += 1
      }
    }
    if i == first.count, j == second.count { return first.lexicographicallyPrecedes(second) }
    return i == first.count
  }

  private static func digits(_ text: [UInt8], from start: Int) -> Int {
    var end = start
    while end < text.count, text[end] &- UInt8(ascii: "0") < 10 { end += 1 }
    return end
  }
}
