/// What the colours of the points stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum PointColor {
    /// The order by clusters, so that like sentences have like colours.
    #[default]
    Clusters,
    /// The order of the list.
    Given,
}

impl PointColor {
    pub(super) fn next(self) -> Self {
        match self {
            PointColor::Clusters => PointColor::Given,
            PointColor::Given => PointColor::Clusters,
        }
    }
}
