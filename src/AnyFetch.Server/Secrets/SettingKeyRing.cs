using System.Xml.Linq;
using AnyFetch.Core.Settings;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace AnyFetch.Server.Secrets;

/// <summary>
/// Keeps the data-protection keys in the store, so that every node reads what another protected and a restart loses
/// nothing. The framework asks for them rarely and without waiting, hence the blocking calls.
/// </summary>
internal sealed class SettingKeyRing(ISettingStore settings) : IXmlRepository
{
    private const string Prefix = "data-protection/";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var stored = settings.ListAsync(Prefix, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return [.. stored.Select(s => XElement.Parse(s.Value))];
    }

    public void StoreElement(XElement element, string friendlyName) =>
        settings.SetAsync(Prefix + friendlyName, element.ToString(SaveOptions.DisableFormatting), CancellationToken.None)
            .AsTask().GetAwaiter().GetResult();
}
