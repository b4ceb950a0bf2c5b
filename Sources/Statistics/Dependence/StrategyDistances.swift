/// How far strategies lie from each other as points whose coordinates are their correlation distances.
///
/// Formula: dᵢⱼ = √((1 - ρᵢⱼ)/2); the distance of i and j is √Σₖ(dᵢₖ - dⱼₖ)², over the strategies at hand.
///
/// Edge cases: strategies whose correlation is 1 are one point, at distance 0.
///
/// Reference: López de Prado & Lewis 2019, "Detection of false investment strategies using unsupervised learning
/// methods", section on clustering.
struct StrategyDistances {
  /// The points.
  let count: Int
  /// Distances, a row a point.
  let values: PointRows
  /// Their squares.
  let squares: PointRows

  /// The distances of the strategies of some rows of a matrix, as if there were no others.
  init(_ correlations: CorrelationMatrix, rows: [Int]) {
    let count = rows.count
    var points = PointRows(rows: count, points: count)
    for (row, strategy) in rows.enumerated() {
      for (column, other) in rows.enumerated() {
        let correlation = correlations.values[strategy * correlations.count + other]
        points[row, column] = ((1 - correlation) / 2).squareRoot()
      }
    }
    var values = PointRows(rows: count, points: count)
    var squares = values
    for left in 0..<count {
      // At distance 0 by the correlation itself, whatever rounding left in the other coordinates.
      for right in 0..<left where points[left, right] > 0 {
        var sums = SIMD8<Double>()
        for group in 0..<points.width {
          let other = points.lanes[right * points.width + group]
          let difference = points.lanes[left * points.width + group] - other
          sums += difference * difference
        }
        let square = sums.sum()
        squares[left, right] = square
        squares[right, left] = square
        values[left, right] = square.squareRoot()
        values[right, left] = values[left, right]
      }
    }
    self.count = count
    self.values = values
    self.squares = squares
  }
}

/// Rows of a number a point, eight points side by side.
struct PointRows {
  /// Groups of eight in a row; the last one is filled up with zeros.
  let width: Int
  var lanes: [SIMD8<Double>]

  /// Rows of zeros.
  init(rows: Int, points: Int) {
    width = (points + 7) / 8
    lanes = Array(repeating: SIMD8(), count: rows * width)
  }

  subscript(row: Int, point: Int) -> Double {
    get { lanes[row * width + point / 8][point % 8] }
    set { lanes[row * width + point / 8][point % 8] = newValue }
  }
}
