namespace Sandbox.EndToEnd.Machines;

/// <summary>
/// Debian's kernel for PCs. Unlike its flavour for virtual machines it has radios and bonds, and the root's disk and file system only as modules, so that it wants
/// an initrd: a busybox that loads them. Debian's own would start udev in there, which takes long under software emulation.
/// </summary>
internal static class DebianKernel
{
    /// <summary>What the image needs for it.</summary>
    public const string Packages = "kmod busybox-static";

    /// <summary>Shell that brings /boot/vmlinuz, /boot/initrd and the modules, in a Debian that has read its mirror's lists.</summary>
    public const string Install = $"""
        cd /tmp; apt-get download -qq $(apt-cache depends linux-image-amd64 | sed -n 's/.*Depends: //p')
        dpkg-deb --fsys-tarfile linux-image-*.deb | tar -x -C / --keep-directory-symlink {LeftOut} ./boot ./lib/modules
        version=$(ls /usr/lib/modules); depmod "$version"; mv "/boot/vmlinuz-$version" /boot/vmlinuz
        mkdir -p first/bin first/dev first/sys; cd first
        cp /bin/busybox bin; for name in sh mount insmod sleep switch_root; do ln -s busybox bin/$name; done
        modprobe -S "$version" --show-depends -a nvme ext4 | awk '!seen[$2]++' > modules
        for file in $(sed 's/^insmod //' modules); do install -D "$file" ".$file"; done
        printf '%s\n' '{FirstProcess}' > init; chmod 0755 init
        find . | busybox cpio -o -H newc > /boot/initrd
        cd ..; rm -r first linux-image-*.deb
        """;

    // Half of 400 MB: no such hardware is in there.
    private const string LeftOut =
        "--exclude=sound --exclude=drivers/gpu --exclude=drivers/media --exclude=drivers/infiniband --exclude=drivers/iio --exclude=drivers/net/ethernet --exclude='drivers/net/wireless/*/*' --exclude='drivers/scsi/*/*'";

    // By itself the kernel asks all disks at once, and the quickest would be the first by its name.
    private const string FirstProcess = """
        #!/bin/sh
        mount -t devtmpfs dev /dev; mount -t sysfs sys /sys
        echo 0 > /sys/bus/pci/drivers_autoprobe
        . /modules
        for one in /sys/bus/pci/devices/*; do echo "${one##*/}" > /sys/bus/pci/drivers/nvme/bind; done 2>/dev/null
        echo 1 > /sys/bus/pci/drivers_autoprobe
        until mount -t ext4 /dev/nvme0n1 /root 2>/dev/null; do sleep 0.1; done
        exec switch_root /root /sbin/init
        """;
}
