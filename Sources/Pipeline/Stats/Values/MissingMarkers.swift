import Statistics

/// Numbers that stand for a missing return, as public tables of factor returns have them.
struct MissingMarkers {
  /// The markers, each of which no series reaches whose other returns are far from it.
  private static let known = [-99.99, -999, -9999]

  /// The returns without them.
  let returns: ImportedReturns
  /// The markers that were found, the smallest first, and how many numbers they are.
  let found: (values: [Double], count: Int)?

  /// Takes a marker for none where another number of its column comes half as low: then it may be a return.
  init(_ given: ImportedReturns) {
    // Nearly no file has any: one pass in the order of memory says so.
    guard given.matrix.values.contains(where: Self.known.contains) else {
      (returns, found) = (given, nil)
      return
    }
    var numbers = given.matrix.values
    let width = given.matrix.strategies
    var values: Set<Double> = []
    var count = 0
    for column in 0..<width {
      let places = stride(from: column, to: numbers.count, by: width)
      let marked = places.filter { Self.known.contains(numbers[$0]) }
      guard !marked.isEmpty else { continue }
      let lowest = places.lazy.map { numbers[$0] }.filter { !Self.known.contains($0) }.min() ?? .infinity
      for place in marked where lowest > numbers[place] / 2 {
        values.insert(numbers[place])
        numbers[place] = .nan
        count += 1
      }
    }
    guard count > 0,
      let matrix = try? ReturnMatrix(bars: given.matrix.bars, strategies: width, values: numbers)
    else {
      (returns, found) = (given, nil)
      return
    }
    returns = given.with(matrix)
    found = (values.sorted(), count)
  }

  /// What was found, in words; `nil` if nothing was.
  var words: String? {
    guard let found else { return nil }
    let markers = found.values.map { Figures.short($0) }.joined(separator: ", ")
    return "\(Figures.count(found.count)) number\(found.count == 1 ? "" : "s") of \(markers) taken as missing"
  }
}
