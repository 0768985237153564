# Section 7.2.1, on astapor
dd if=/dev/zero of=/dev/vdb1 bs=1K count=100
drbdadm create-md optzimbra
drbdadm up optzimbra
drbdadm primary --force optzimbra
drbdadm --discard-my-data connect optzimbra
mkfs.ext4 /dev/drbd0
drbdadm secondary optzimbra
# on braavos
drbdadm primary optzimbra
mkfs.ext4 /dev/drbd0
