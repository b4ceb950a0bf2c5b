"""How alike strategies are: correlations, eigenvalues, effective trials, and clusters by the ONC algorithm
(López de Prado & Lewis 2019) from the centres that Fluke documents to draw."""

import math

import numpy

import draws


def figures(returns, trials, seed, names):
    """The member `effective_trials`, of the net returns of strategies that can be chosen."""
    bars = len(returns)
    centred = returns - returns.mean(axis=0)
    stands = (centred**2).sum(axis=0) > 0
    centred, names = centred[:, stands], [name for name, keeps in zip(names, stands) if keeps]
    deviations = centred.std(axis=0, ddof=1)
    unit = centred / numpy.sqrt((centred**2).sum(axis=0))
    correlations = unit.T @ unit
    copies = 1 - numpy.abs(correlations) <= (bars + 8) * 2.0**-51
    correlations[copies] = numpy.sign(correlations[copies])
    count = len(correlations)
    values = numpy.linalg.eigvalsh(correlations)[::-1]
    pairs = correlations[numpy.tril_indices(count, -1)]
    average, square = pairs.mean(), (pairs**2).mean()
    adjusted = max(0, 1 - (1 - square) * (bars - 1) / (bars - 2))
    bounded = min(max(average, 0), 1)
    shares = numpy.maximum(values, 0) / values.clip(0).sum()
    shares = shares[shares > 0]
    found = {
        "trials": trials, "sample": count, "left_out_of_sample": returns.shape[1] - count, "bars": bars,
        "average_correlation": average, "mean_squared_correlation": square,
        "by_average_correlation": bounded + (1 - bounded) * trials, "by_participation": trials / (1 + (trials - 1) * adjusted),
        "by_participation_of_sample": count**2 / (values**2).sum(),
        "by_entropy_of_sample": math.exp(-(shares * numpy.log(shares)).sum()),
        "largest_eigenvalues": list(values[:20]),
    }
    means = returns.mean(axis=0)[stands]
    found["clusters"] = clusters(correlations, means, deviations, seed, names)
    return found


def clusters(correlations, means, deviations, seed, names):
    best = search(correlations, draws.Stream(seed, draws.CLUSTERING))
    labels, silhouettes = best
    groups = sorted((numpy.flatnonzero(labels == label) for label in set(labels)), key=lambda group: group[0])
    found = []
    for group in groups:
        scale = 1 / deviations[group]
        variance = scale @ correlations[numpy.ix_(group, group)] @ scale
        found.append({"size_in_sample": len(group), "first": names[group[0]],
                      "sharpe_per_bar": (means[group] * scale**2).sum() / variance**0.5,
                      "quality": quality(silhouettes[group])})
    is_structure = silhouettes.mean() > 0.25
    sharpes = [member["sharpe_per_bar"] for member in found]
    return {"sample": len(correlations), "count": len(found) if is_structure else None,
            "mean_silhouette": silhouettes.mean(),
            "variance_across_clusters": numpy.var(sharpes, ddof=1) if is_structure else None,
            "members": found if is_structure else []}


def quality(silhouettes):
    deviation = silhouettes.std()
    if deviation > 1e-12:
        return silhouettes.mean() / deviation
    return 0.0 if abs(silhouettes.mean()) <= 1e-12 else math.copysign(math.inf, silhouettes.mean())


def search(correlations, stream):
    """Labels and silhouettes of the best partition; poor clusters are divided again by themselves."""
    coordinates = numpy.sqrt((1 - correlations) / 2)
    squares = ((coordinates[:, None] - coordinates[None]) ** 2).sum(axis=2)
    squares[coordinates == 0] = 0
    distances = numpy.sqrt(squares)
    base = divide(squares, distances, stream)
    if base is None:
        return None
    labels, silhouettes = base
    qualities = [quality(silhouettes[labels == label]) for label in range(labels.max() + 1)]
    mean = mean_quality(qualities)
    poor = [label for label, value in enumerate(qualities) if value < mean]
    if len(poor) <= 2:
        return base
    again = numpy.flatnonzero(numpy.isin(labels, poor))
    redone = search(correlations[numpy.ix_(again, again)], stream)
    if redone is None:
        return base
    kept = [label for label in range(len(qualities)) if label not in poor]
    joined = numpy.array([kept.index(label) if label in kept else 0 for label in labels])
    joined[again] = len(kept) + redone[0]
    found = measure(distances, joined)
    better = mean_quality([quality(found[joined == label]) for label in set(joined)])
    return (joined, found) if better > mean and quality(found) >= quality(silhouettes) else base


def mean_quality(qualities):
    return numpy.mean([value for value in qualities if math.isfinite(value)])


def divide(squares, distances, stream):
    """The partition of the highest quality over numbers of clusters and ten runs each; the first of equal ones."""
    points = len(squares)
    if points <= 2:
        return None
    best, highest = None, 0
    for count in range(2, max(points // 2, 2) + 1):
        for _ in range(10):
            centres = start(squares, count, stream)
            if centres is None:
                break
            labels = lloyd(squares, centres)
            silhouettes = measure(distances, labels)
            if quality(silhouettes) > highest * (1 + 1e-12):
                best, highest = (labels, silhouettes), quality(silhouettes)
    return best


def start(squares, count, stream):
    """Greedy k-means++ (Arthur & Vassilvitskii 2007)."""
    centres = [stream.below(len(squares))]
    nearest = squares[centres[0]].copy()
    while len(centres) < count:
        running = numpy.cumsum(nearest)
        if running[-1] <= 0:
            return None
        best = None
        for _ in range(2 + int(math.log(count))):
            point = int(numpy.searchsorted(running, stream.uniform() * running[-1], side="right"))
            total = numpy.minimum(nearest, squares[point]).sum()
            if best is None or total < best[1] * (1 - 1e-14):
                best = (point, total)
        centres.append(best[0])
        nearest = numpy.minimum(nearest, squares[best[0]])
    return centres


def lloyd(squares, centres):
    """A point stays where its own centre is as near, and an empty cluster takes the farthest point."""
    labels = squares[centres].argmin(axis=0)
    points = numpy.arange(len(squares))
    for _ in range(100):
        member = (labels[:, None] == numpy.arange(len(centres))).astype(float)
        sizes = member.sum(axis=0)
        sums = squares @ member
        with numpy.errstate(divide="ignore", invalid="ignore"):
            away = sums / sizes - (sums * member).sum(axis=0) / (2 * sizes**2)
        away[:, sizes == 0] = math.inf
        nearest = away.argmin(axis=1)
        shortest = away[points, nearest]
        stays = away[points, labels] <= shortest + 1e-13
        moved = numpy.where(stays, labels, nearest)
        sizes = numpy.bincount(moved, minlength=len(centres))
        for empty in numpy.flatnonzero(sizes == 0):
            candidates = numpy.flatnonzero(sizes[moved] > 1)
            if not len(candidates):
                break
            farthest = candidates[numpy.flatnonzero(shortest[candidates] == shortest[candidates].max())[-1]]
            sizes[moved[farthest]] -= 1
            sizes[empty], moved[farthest] = 1, empty
        if (moved == labels).all():
            break
        labels = moved
    return labels


def measure(distances, labels):
    """Silhouettes (Rousseeuw 1987); 0 for a cluster of one."""
    count = labels.max() + 1
    member = (labels[:, None] == numpy.arange(count)).astype(float)
    sizes = member.sum(axis=0)
    sums = distances @ member
    points = numpy.arange(len(labels))
    own = sums[points, labels] / numpy.maximum(sizes[labels] - 1, 1)
    others = sums / numpy.maximum(sizes, 1)
    others[points, labels] = math.inf
    others[:, sizes == 0] = math.inf
    nearest = others.min(axis=1)
    larger = numpy.maximum(own, nearest)
    with numpy.errstate(invalid="ignore", divide="ignore"):
        return numpy.where((sizes[labels] > 1) & (larger > 0), (nearest - own) / larger, 0.0)
