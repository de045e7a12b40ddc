using System.Xml.Linq;
using AnyFetch.Core.Settings;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace AnyFetch.Manager.Sessions;

/// <summary>
/// Keeps the keys of data protection in the store, so that every node reads what any of them protected, and a
/// restart ends no session.
/// </summary>
internal sealed class SettingXmlRepository(ISettingStore settings) : IXmlRepository
{
    private const string Prefix = "data-protection/";

    // The framework's contract is synchronous and is used at the first request and when keys rotate, every 90 days.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. settings.ListAsync(Prefix, CancellationToken.None).AsTask().GetAwaiter().GetResult()
            .Select(setting => XElement.Parse(setting.Value))];

    public void StoreElement(XElement element, string friendlyName) =>
        settings.SetAsync(Prefix + friendlyName, element.ToString(SaveOptions.DisableFormatting), CancellationToken.None)
            .AsTask().GetAwaiter().GetResult();
}
