/// The features of a grid, numbered in the order in which its strategies use them first.
struct GridFeatures {
  /// Numbers of the features that some axes choose, by what they chose.
  struct Numbers {
    fileprivate let choice: RuleFamily.FeatureChoice
    /// For each axis that chooses, how far its next value stands.
    fileprivate let strides: [Int]
    /// For each combination of values of these axes a number, or ``unknown`` as long as it was not asked for.
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
      known = Array(repeating: Self.unknown, count: size)
    }

    fileprivate static let unknown: Int32 = -2
  }

  /// The features, by number.
  private(set) var features: [Feature] = []
  private var numbers: [Feature: Int32] = [:]

  /// The number of the feature that `choice` chooses, or -1 for none.
  ///
  /// What was asked for before is looked up by numbers of values: a grid has far more strategies than features.
  mutating func number(of choice: GridChoice, _ numbers: inout Numbers) -> Int32 {
    var place = 0
    for (axis, stride) in zip(numbers.choice.axes, numbers.strides) { place += choice.numbers[axis] * stride }
    if numbers.known[place] == Numbers.unknown {
      numbers.known[place] = number(of: numbers.choice.feature(numbers.choice.axes.map { choice.values[$0] }))
    }
    return numbers.known[place]
  }

  private mutating func number(of feature: Feature?) -> Int32 {
    guard let feature else { return -1 }
    if let known = numbers[feature] { return known }
    let number = Int32(features.count)
    numbers[feature] = number
    features.append(feature)
    return number
  }
}
