/// Values times one factor, without a copy of them: there may be millions.
struct ScaledValues: RandomAccessCollection {
  let values: [Double]
  let scale: Double

  var startIndex: Int { 0 }
  var endIndex: Int { values.count }
  subscript(place: Int) -> Double { values[place] * scale }

  /// Those at some places.
  func only(_ places: [Int]) -> ScaledValues {
    ScaledValues(values: places.map { values[$0] }, scale: scale)
  }
}
