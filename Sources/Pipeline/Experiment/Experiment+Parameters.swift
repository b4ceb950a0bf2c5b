import Artifacts

extension Experiment {
  /// The parameters of strategy `index` by their names.
  func parameters(of index: Int) -> [String: Measure] {
    Dictionary(
      uniqueKeysWithValues: zip(
        strategies.parameterNames, strategies.parameters(of: index).map { Measure($0) }))
  }
}
