/// The features of a grid, numbered in the order in which its strategies use them first.
struct GridFeatures {
  /// Numbers of the features that some axes choose, by what they chose: a grid has far more strategies than features.
  struct Lookup {
    fileprivate let choice: RuleFamily.FeatureChoice
    /// For each axis that chooses, how far its next value stands.
    fileprivate let strides: [Int]
    /// For each combination of values of these axes a number, or -1 as long as it was not asked for.
    fileprivate var known: [Int32]

    /// - Parameter axes: the values of all axes.
    init(_ choice: RuleFamily.FeatureChoice, of axes: [[Double]]) {
      self.choice = choice
      var strides: [Int] = []
      var size = 1
      for axis in choice.axes {
        strides.append(size)
        size *= axes[axis].count
      }
      self.strides = strides
      known = Array(repeating: -1, count: size)
    }
  }

  /// The features, by number.
  private(set) var features: [Feature] = []
  private var numberOfFeature: [Feature: Int32] = [:]

  /// The number of the feature that `choice` chooses.
  mutating func number(of choice: GridChoice, by lookup: inout Lookup) -> Int32 {
    var place = 0
    for (axis, stride) in zip(lookup.choice.axes, lookup.strides) { place += choice.numbers[axis] * stride }
    if lookup.known[place] < 0 {
      lookup.known[place] = number(of: lookup.choice.feature(lookup.choice.axes.map { choice.values[$0] }))
    }
    return lookup.known[place]
  }

  private mutating func number(of feature: Feature) -> Int32 {
    if let known = numberOfFeature[feature] { return known }
    let number = Int32(features.count)
    numberOfFeature[feature] = number
    features.append(feature)
    return number
  }
}
