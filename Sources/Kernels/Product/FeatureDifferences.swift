/// Which feature each strategy of a block adds to its score and which it subtracts, if that is all its weights do: so
/// it is in rule grids, whose scores then need no matrix product.
struct FeatureDifferences: Sendable {
  /// Whether no lane has other weights than one 1 and one -1.
  private(set) var areAll = true
  /// Whether some lane subtracts a feature.
  private(set) var arePaired = false
  /// For each lane the row of the feature with weight 1 in the block's weights, or -1.
  private(set) var added = Array(repeating: Int32(-1), count: TilePlan.strategiesPerBlock)
  /// For each lane the row of the feature with weight -1, or -1.
  private(set) var subtracted = Array(repeating: Int32(-1), count: TilePlan.strategiesPerBlock)

  /// Empties all lanes.
  mutating func begin() {
    areAll = true
    arePaired = false
    for lane in added.indices {
      added[lane] = -1
      subtracted[lane] = -1
    }
  }

  /// Notes that lanes have other weights, all of them.
  mutating func giveUp() { areAll = false }

  /// Notes that `lane` gives `weight` to the feature in `row`.
  mutating func weigh(row: Int, by weight: Double, lane: Int) {
    if weight == 1 && added[lane] < 0 {
      added[lane] = Int32(row)
    } else if weight == -1 && subtracted[lane] < 0 {
      subtracted[lane] = Int32(row)
      arePaired = true
    } else {
      areAll = false
    }
  }
}
