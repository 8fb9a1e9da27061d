// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Gpu.Tests;

public class GpuDevicesTests
{
    [Fact]
    public void List_OnAnyMachine_GivesRealDevicesOrReasons()
    {
        GpuDeviceList list = GpuDevices.List();
        Assert.True(list.Devices.Count > 0 || list.Reasons.Count == 2, "neither devices nor reasons");
        Assert.All(list.Devices, device => Assert.Contains(device.Kind, new[] { "CUDA", "OpenCL" }));
        Assert.All(list.Devices, device => Assert.NotEqual("", device.Name));
        Assert.All(list.Devices, device => Assert.True(device.MemoryBytes > 0));
        Assert.All(list.Reasons, reason => Assert.DoesNotContain('\n', reason));
    }

    [Fact]
    public void List_AskedTwice_SaysTheSame() => Assert.Equal(GpuDevices.List().Devices, GpuDevices.List().Devices);
}
