using AnyFetch.Core.Companies;

namespace AnyFetch.Hydration.Workers;

/// <summary>A document of a company in work. Ends once, however often it is told to.</summary>
internal sealed class CompanyPlace(CompanyShares shares, CompanyId company)
{
    private readonly Lock _gate = new();
    private bool _isAside;
    private bool _hasEnded;

    /// <summary>True when the document has just been set aside: its place is for others now.</summary>
    internal bool TryStepAside()
    {
        lock (_gate)
        {
            return !_hasEnded && !_isAside && (_isAside = shares.TryStepAside(company));
        }
    }

    /// <summary>Ends; true when the place was still its own, which the caller then gives back.</summary>
    internal bool End()
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return false;
            }

            _hasEnded = true;
            shares.Leave(company, _isAside);
            return !_isAside;
        }
    }
}
