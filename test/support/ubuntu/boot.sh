#!/bin/bash
# boot.sh STAGE NODE: runs STAGE/user-data as root the way cloud-init does, then STAGE/after, on an overlay of this machine
# in a mount namespace of its own. What they write is in memory, and gone with this process. The programs in
# STAGE/programs stand for what a test cannot have: packages, systemd, and the network beyond this machine.
set -euo pipefail
stage=$1
mount --make-rprivate /
mount -t tmpfs tmpfs "$stage/disk"
mkdir "$stage/disk"/{changes,work,root}
mount -t overlay overlay -o "lowerdir=/,upperdir=$stage/disk/changes,workdir=$stage/disk/work" "$stage/disk/root"
root=$stage/disk/root
cp -r "$stage/programs" "$root/programs"
touch "$root/programs/node"
mount --bind "$2" "$root/programs/node"
mkdir "$root/stage"
install -m 0666 /dev/null "$root/stage/calls"
cp -r "$stage"/{user-data,after,keys,repository,git-config} "$root/stage/"
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
exec env -i HOME=/root PATH=/programs:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  AWS="$AWS" METADATA="$METADATA" GIT_CONFIG_SYSTEM=/stage/git-config \
  chroot "$root" /bin/bash -c 'cd /; /bin/bash /stage/user-data >&2; code=$?; echo "== exit"; echo $code; . /stage/after; exit 0'
