import Kernels

/// Blocks of strategies that are run together, and the features that they need.
///
/// All features of a sweep over many bars may not fit into memory, but those of some blocks do: blocks of a grid that
/// stand side by side share most of theirs. What a block comes to does not depend on the group that it is in.
struct FeatureGroup: Equatable {
  /// What the features of a group may take, in bytes: those of 200 windows over 125,000 bars in single precision.
  static let memory = 96 << 20

  /// Numbers of blocks, in order.
  let blocks: [Int]
  /// Numbers of features, ascending: those that the blocks need, and of the group before as many as there is room for.
  private(set) var features: [Int]

  /// Groups of `blocks` in order: one with all features if they fit into memory.
  ///
  /// - Parameters:
  ///   - bytesPerFeature: what the column of one takes.
  ///   - memory: what those of a group may take together, unless one block alone needs more.
  static func cut(
    _ blocks: [Int], of strategies: StrategySet, bytesPerFeature: Int, memory: Int
  ) -> [FeatureGroup] {
    let all = strategies.features.count
    guard all * bytesPerFeature > memory else {
      return [FeatureGroup(blocks: blocks, features: Array(0..<all))]
    }
    var groups: [FeatureGroup] = []
    var used = Set<Int>()
    var together: [Int] = []
    func close() {
      if !together.isEmpty { groups.append(FeatureGroup(blocks: together, features: used.sorted())) }
    }
    for block in blocks {
      let needed = strategies.features(of: block)
      if !needed.isSubset(of: used), used.union(needed).count * bytesPerFeature > memory {
        close()
        (used, together) = ([], [])
      }
      used.formUnion(needed)
      together.append(block)
    }
    close()
    keepWhatComesAgain(&groups, most: memory / max(bytesPerFeature, 1))
    return groups
  }

  /// Keeps features of the group before where there is room: those that are needed again soonest (Belady 1966, "A study of
  /// replacement algorithms for a virtual-storage computer").
  private static func keepWhatComesAgain(_ groups: inout [FeatureGroup], most: Int) {
    var nextUse: [Int: Int] = [:]
    var nextUseAfter: [[Int: Int]] = Array(repeating: [:], count: groups.count)
    for index in groups.indices.reversed() {
      nextUseAfter[index] = nextUse
      for feature in groups[index].features { nextUse[feature] = index }
    }
    for index in groups.indices.dropFirst() {
      let needed = Set(groups[index].features)
      let again = groups[index - 1].features.compactMap { feature in
        needed.contains(feature) ? nil : nextUseAfter[index][feature].map { (use: $0, feature: feature) }
      }
      let soonest = again.sorted(by: <).prefix(max(0, most - needed.count)).map(\.feature)
      groups[index].features = (needed + soonest).sorted()
    }
  }
}

extension StrategySet {
  /// The numbers of the features that any strategy of block number `block` gives weight to.
  fileprivate func features(of block: Int) -> Set<Int> {
    let first = block * TilePlan.strategiesPerBlock
    var features = Set<Int>()
    for index in first..<min(first + TilePlan.strategiesPerBlock, count) {
      forEachWeight(of: index) { feature, _ in features.insert(feature) }
    }
    return features
  }
}
