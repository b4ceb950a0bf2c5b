import Kernels

/// Blocks of strategies that are run together, and the features that they need.
///
/// All features of a sweep over many bars may not fit into memory, but those of some blocks do: blocks of a grid that
/// stand side by side share most of theirs. What a block comes to does not depend on the group that it is in.
struct FeatureGroup: Equatable {
  /// What the features of a group may take, in bytes: those of 200 windows over 125,000 bars in single precision.
  static let memory = 96 << 20

  /// Numbers of blocks, in the order in which they are run.
  let blocks: [Int]
  /// Numbers of features, ascending: those that the blocks need, and of the group before as many as there is room for.
  private(set) var features: [Int]

  private struct Need {
    let block: Int
    let features: Set<Int>
  }

  /// Groups of `blocks`: one with all features if they fit into memory, else so that few are made more than once.
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
    let most = memory / max(bytesPerFeature, 1)
    let needs = blocks.map { Need(block: $0, features: strategies.features(of: $0)) }
    let ways = [needs, inStripes(needs, most: most), inStripesOfCommonFeatures(needs, most: most)]
      .map { groups(of: $0, most: most) }
    return ways.map { (groups: $0, made: made(by: $0)) }.min { $0.made < $1.made }?.groups ?? []
  }

  /// Blocks of a grid of two axes need features of either. Those whose lowest feature is in one stripe of as many as are
  /// held come together, in the order of their highest: so the stripe stays while the others pass by once.
  private static func inStripes(_ needs: [Need], most: Int) -> [Need] {
    // Half of a block's features are of the other axis.
    let width = max(1, most - (needs.map(\.features.count).max() ?? 0) / 2)
    let places = needs.map { (stripe: ($0.features.min() ?? 0) / width, passing: $0.features.max() ?? 0) }
    return sorted(needs, by: places)
  }

  /// The same where one axis has few features that many blocks need, as the fast averages of MACD: those make up the
  /// stripes.
  private static func inStripesOfCommonFeatures(_ needs: [Need], most: Int) -> [Need] {
    let uses = needs.reduce(into: [Int: Int]()) { uses, need in
      for feature in need.features { uses[feature, default: 0] += 1 }
    }
    let parts = needs.map { need in
      let mostUses = need.features.map { uses[$0] ?? 0 }.max()
      let common = need.features.filter { uses[$0] == mostUses }
      return (common: common, others: need.features.subtracting(common))
    }
    let inOrder = parts.reduce(into: Set<Int>()) { $0.formUnion($1.common) }.sorted()
    let placeOfCommon = Dictionary(uniqueKeysWithValues: zip(inOrder, inOrder.indices))
    let width = max(1, most - (parts.map(\.others.count).max() ?? 0))
    let places = parts.map { part in
      let place = part.common.compactMap { placeOfCommon[$0] }.min() ?? 0
      return (stripe: place / width, passing: part.others.min() ?? 0)
    }
    return sorted(needs, by: places)
  }

  /// Stripe by stripe, in the order of what passes by, and then of the blocks.
  private static func sorted(_ needs: [Need], by places: [(stripe: Int, passing: Int)]) -> [Need] {
    zip(needs, places).sorted { one, other in
      (one.1.stripe, one.1.passing, one.0.block) < (other.1.stripe, other.1.passing, other.0.block)
    }.map(\.0)
  }

  private static func groups(of needs: [Need], most: Int) -> [FeatureGroup] {
    var groups: [FeatureGroup] = []
    var used = Set<Int>()
    var together: [Int] = []
    func close() {
      if !together.isEmpty { groups.append(FeatureGroup(blocks: together, features: used.sorted())) }
    }
    for need in needs {
      if !need.features.isSubset(of: used), used.union(need.features).count > most {
        close()
        (used, together) = ([], [])
      }
      used.formUnion(need.features)
      together.append(need.block)
    }
    close()
    keepWhatComesAgain(&groups, most: most)
    return groups
  }

  /// How often a feature is made, in all.
  static func made(by groups: [FeatureGroup]) -> Int {
    zip([[]] + groups.map(\.features), groups).reduce(0) { sum, next in
      sum + Set(next.1.features).subtracting(next.0).count
    }
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
